using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands;

/// <summary><c>calico status</c>: whether all is well, as the exit code too.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("status", "Whether all is well: the agent in one look. Exits with 1 if something is wrong.") { context.Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using AgentClient agent = context.Connect(parsed);
            StatusReport status = await agent.GetAsync("v1/status", ApiJson.Default.StatusReport, cancellation);
            context.Writer(parsed).Write(Answer.Of(status, ApiJson.Default.StatusReport, View));
            return status.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static IRenderable View(StatusReport status) => TableView.Of(
    [
        ("Instance", status.Instance),
        ("Node", status.Node),
        ("Generation", status.Generation == 0 ? "none" : Cell.Of(status.Generation)),
        ("Loaded", Cell.Of(status.LoadedAt)),
        ("Attached by", status.Attach),
        ("Guard", status.Guard),
        ("Interfaces", Cell.Of(status.Interfaces)),
        ("Workloads", Cell.Of(status.Workloads)),
        ("Stages", Cell.Of(status.Stages)),
        ("Programs", Cell.Of(status.Programs)),
        ("In memory", $"{status.PluginContexts} plugin assemblies"),
        .. status.LastReload is { } reload ? [("Last reload", ReloadCommand.InOneLine(reload))] : Array.Empty<(string, string)>(),
        .. status.LastReload?.Reasons.Select(reason => ("Its reason", reason)) ?? [],
        .. status.Notes.Select(note => ("Note", note)),
        .. status.Problems.Count == 0 ? [("Problems", "none")] : status.Problems.Select(problem => ("Problem", problem)),
    ]);
}
