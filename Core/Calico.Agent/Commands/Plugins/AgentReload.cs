using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands.Plugins;

/// <summary>Has the agent of a configuration read it again, if one runs.</summary>
internal static class AgentReload
{
    /// <returns>What came of it, a sentence each.</returns>
    /// <exception cref="CommandFailure">The agent refused; it runs as before.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(CommandContext context, ParseResult parsed, AgentConfiguration configuration, CancellationToken cancellation)
    {
        string socket = parsed.GetValue(context.Global.Socket) ?? configuration.Paths.ApiSocket;
        if (!File.Exists(socket))
        {
            return [$"No agent runs (there is no {socket}): the next one loads it."];
        }

        using var agent = new AgentClient(socket);
        ReloadReport report = await agent.PostAsync(
            "v1/reload", new Dictionary<string, string>(), ApiJson.Default.ReloadReport, ReloadCommand.Patience, cancellation);
        return report.Outcome == ReloadReport.Reloaded
            ? [$"The agent runs it: {ReloadCommand.InOneLine(report)}.", .. report.Notes]
            : throw new CommandFailure(ExitCodes.Failure, $"The agent did not take it and runs as before ({report.Outcome}). {string.Join(' ', report.Reasons)}");
    }
}
