using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Agent.Hosting;
using Calico.Core.Configuration;

namespace Calico.Agent.Commands;

/// <summary><c>calico agent</c>: runs the agent until it is told to stop.</summary>
internal static class AgentCommand
{
    public const string DefaultConfiguration = "/etc/calico-sdk/agent.yaml";

    public static Command Create(CommandContext context)
    {
        var file = new Option<string>("--config", "-c")
        {
            Description = "The agent's configuration.",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultConfiguration,
        };
        var level = new Option<LogLevel>("--log-level") { Description = "Log from this level on.", DefaultValueFactory = _ => LogLevel.Information };
        var format = new Option<string>("--log-format") { Description = "A line of text or of JSON for each event.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var check = new Option<bool>("--check") { Description = "Only read the configuration and say what is wrong with it." };
        var command = new Command("agent", "Runs the agent of a node until SIGTERM or SIGINT; traffic flows on without it.") { file, level, format, check };
        command.SetAction(async (parsed, cancellation) =>
        {
            AgentConfiguration configuration = Read(parsed.GetRequiredValue(file));
            if (!parsed.GetValue(check))
            {
                var logging = new LogOptions(parsed.GetValue(format) == "json", parsed.GetValue(level));
                await RunAsync(context, configuration, logging, cancellation);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <exception cref="CommandFailure">It cannot be used; all mistakes are in the message.</exception>
    public static AgentConfiguration Read(string file)
    {
        try
        {
            return AgentConfigurationReader.Load(file);
        }
        catch (ConfigurationException wrong)
        {
            throw new CommandFailure(ExitCodes.Configuration, wrong.Message);
        }
    }

    private static async Task RunAsync(CommandContext context, AgentConfiguration configuration, LogOptions logging, CancellationToken cancellationToken)
    {
        var host = new AgentHost(AgentPlace.Of(configuration), logging, loggers => context.MakeDataplane(configuration, loggers));
        try
        {
            await host.RunAsync(cancellationToken);
        }
        catch (AgentStartException failure)
        {
            throw new CommandFailure(ExitCodes.Failure, failure.Message);
        }
        catch (ConfigurationException wrong)
        {
            // What only a plugin could tell is wrong.
            throw new CommandFailure(ExitCodes.Configuration, wrong.Message);
        }
    }
}
