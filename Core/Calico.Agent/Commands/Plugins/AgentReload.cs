using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;

namespace Calico.Agent.Commands.Plugins;

/// <summary>Has the agent of a configuration read it again, if one runs.</summary>
internal static class AgentReload
{
    /// <returns>What came of it, a sentence each.</returns>
    /// <exception cref="CommandFailure">The agent refused; it runs as before.</exception>
    public static Task<IReadOnlyList<string>> AskAsync(CommandContext context, ParseResult parsed, AgentConfiguration configuration, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(["Restart the agent to have it loaded."]);
}
