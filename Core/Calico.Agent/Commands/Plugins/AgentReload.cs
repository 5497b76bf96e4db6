using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
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
    public static async Task<IReadOnlyList<string>> AskAsync(
        CommandContext context, ParseResult parsed, AgentConfiguration configuration, CancellationToken cancellation)
    {
        using AgentClient agent = IsNamed(context, parsed) ? context.Connect(parsed) : new AgentClient(configuration.Paths.ApiSocket);
        if (!IsListening(agent.SocketPath))
        {
            return [$"No agent runs on {agent.SocketPath}; the next one that starts loads it."];
        }

        ReloadReport report = await agent.PostAsync(
            "v1/reload", new Dictionary<string, string>(), ApiJson.Default.ReloadReport, ReloadCommand.Patience, cancellation);
        return report.Outcome == ReloadReport.Reloaded
            ?
            [
                string.Create(CultureInfo.InvariantCulture, $"The agent has reloaded its plugins: generation {report.GenerationBefore} -> {report.GenerationAfter}, {report.Milliseconds:F0} ms."),
                .. report.Notes,
            ]
            : throw new CommandFailure(ExitCodes.Failure, $"The agent did not take it and runs as before ({report.Outcome}): {string.Join(' ', report.Reasons)}");
    }

    private static bool IsNamed(CommandContext context, ParseResult parsed) =>
        parsed.GetResult(context.Global.Socket) is { Implicit: false } || parsed.GetResult(context.Global.Instance) is { Implicit: false };

    // One that listens and does not answer is a failure; where nobody listens there is nobody to tell.
    private static bool IsListening(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
