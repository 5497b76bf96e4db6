using System.Collections.Immutable;
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
        var level = new Option<LogLevel>("--log-level")
        {
            Description = "Log from this level on.",
            DefaultValueFactory = _ => LogLevel.Information,
            CustomParser = Parsing.Name<LogLevel>,
        };
        var format = new Option<string>("--log-format") { Description = "A line of text or of JSON for each event.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var check = new Option<bool>("--check") { Description = "Only read the configuration and say what is wrong with it." };
        var development = new Option<string[]>("--dev")
        {
            Description = "The build folder of a plugin in development: loaded beside the configured ones, or in the place of one with its id, whose options it gets. Can be given several times.",
            HelpName = "FOLDER",
        };
        var command = new Command("agent", "Runs the agent of a node until SIGTERM or SIGINT; traffic flows on without it.") { file, level, format, check, development };
        command.SetAction(async (parsed, cancellation) =>
        {
            AgentConfiguration configuration = Read(parsed.GetRequiredValue(file)) with { DevelopmentFolders = Folders(parsed.GetValue(development) ?? []) };
            if (parsed.GetValue(check))
            {
                context.Terminal.Output.WriteLine(Summary(configuration));
            }
            else
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

    private static ImmutableArray<string> Folders(IEnumerable<string> given) =>
    [
        .. given.Select(folder => Directory.Exists(folder)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            : throw new CommandFailure(ExitCodes.Usage, $"There is no folder {folder}. Give --dev the output folder of the plugin's build, such as bin/Debug/net10.0.")).Distinct(),
    ];

    private static string Summary(AgentConfiguration configuration)
    {
        int enabled = configuration.Plugins.Count(plugin => plugin.IsEnabled);
        string plugins = enabled == 1 ? "1 plugin" : $"{enabled} plugins";
        string off = enabled == configuration.Plugins.Length ? "" : $" ({configuration.Plugins.Length - enabled} not enabled)";
        return $"{configuration.File} is good: instance {configuration.Instance}, node {configuration.NodeName}, {plugins}{off}, resources from {configuration.ResourceFolder}.";
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
