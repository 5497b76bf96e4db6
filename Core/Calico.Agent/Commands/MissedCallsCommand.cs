using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands;

/// <summary><c>calico missed-calls</c>.</summary>
internal static class MissedCallsCommand
{
    private static readonly Column<MissedCallReport>[] s_columns =
    [
        new("HOOK", row => row.Hook),
        new("FROM", row => row.From),
        new("TO", row => row.To),
        new("COUNT", row => Cell.Of(row.Count), IsNumber: true),
    ];

    public static Command Create(CommandContext context) => context.AskOrWatch(
        "missed-calls",
        "Tail calls that found their slot empty. None is how it should be.",
        async (agent, _, cancellation) => Answer.Of(
            await agent.GetAsync("v1/missed-calls", ApiJson.Default.IReadOnlyListMissedCallReport, cancellation),
            ApiJson.Default.IReadOnlyListMissedCallReport,
            rows => TableView.Of(s_columns, rows)));
}
