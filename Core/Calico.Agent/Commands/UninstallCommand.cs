using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Hosting;
using Calico.Agent.Rendering;
using Calico.Core.Configuration;
using Calico.Core.Runtime;
using Spectre.Console;

namespace Calico.Agent.Commands;

/// <summary><c>calico uninstall</c>: takes an instance off the node. Works without an agent, and only without one.</summary>
internal static class UninstallCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Option<string?>("--config", "-c")
        {
            Description = $"The instance's configuration. Without it: {AgentCommand.DefaultConfiguration} for the instance that it names, and the defaults for any other.",
            HelpName = "FILE",
        };
        var command = new Command("uninstall", "Detaches and unpins all that an instance has in the kernel. Its agent must be stopped.") { file, context.Format };
        command.SetAction(parsed =>
        {
            AgentConfiguration configuration = Read(parsed.GetValue(file), InstanceGiven(context, parsed));
            IReadOnlyList<string> done = Remove(configuration);
            context.Writer(parsed).Write(Answer.Of(done, ApiJson.Default.IReadOnlyListString, sentences => sentences.Count > 0
                ? new Rows(sentences.Select(sentence => new Text(sentence)))
                : new Text($"Nothing of instance '{configuration.Instance}' was there.")));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string? InstanceGiven(CommandContext context, ParseResult parsed) =>
        parsed.GetResult(context.Global.Instance) is { Implicit: false } ? parsed.GetValue(context.Global.Instance) : null;

    private static AgentConfiguration Read(string? file, string? instance)
    {
        AgentConfiguration? written = file is not null || File.Exists(AgentCommand.DefaultConfiguration)
            ? AgentCommand.Read(file ?? AgentCommand.DefaultConfiguration)
            : null;
        if (written is not null && (instance is null || instance == written.Instance))
        {
            return written;
        }

        if (file is not null)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{file} is the configuration of instance '{written!.Instance}', not of '{instance}'. Leave one of the two options away.");
        }

        try
        {
            return AgentConfigurationReader.Read(instance is null ? "" : $"instance: \"{instance}\"", AgentCommand.DefaultConfiguration);
        }
        catch (ConfigurationException wrong)
        {
            throw new CommandFailure(ExitCodes.Usage, wrong.Problems[0].Reason);
        }
    }

    private static IReadOnlyList<string> Remove(AgentConfiguration configuration)
    {
        AgentPlace place = AgentPlace.Of(configuration);
        try
        {
            // With the lock held no agent starts in the middle of it.
            using InstanceLock held = InstanceLock.Take(place, "Stop it first: it would attach again what is detached.");
            IReadOnlyList<string> done = DataplaneRemoval.Remove(configuration);
            ApiSocket.Clear(place.Socket);
            held.RemoveTraces();
            return done;
        }
        catch (AgentStartException running)
        {
            throw new CommandFailure(ExitCodes.Failure, running.Message);
        }
    }
}
