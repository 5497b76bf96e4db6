using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands;

/// <summary><c>calico drops</c>.</summary>
internal static class DropsCommand
{
    private static readonly Column<DropReport>[] s_columns =
    [
        new("INTERFACE", row => row.Interface),
        new("HOOK", row => row.Hook),
        new("IP", row => row.Family == 0 ? Cell.Nothing : Cell.Of(row.Family)),
        new("REASON", row => row.Reason),
        new("BY", row => row.Plugin),
        new("PACKETS", row => Cell.Of(row.Packets), IsNumber: true),
        new("BYTES", row => Cell.Of(row.Bytes), IsNumber: true),
        new("MEANING", row => row.Sentence),
    ];

    public static Command Create(CommandContext context) => context.AskOrWatch(
        "drops",
        "What was dropped, by interface, hook and reason.",
        async (agent, _, cancellation) => Answer.Of(
            await agent.GetAsync("v1/drops", ApiJson.Default.IReadOnlyListDropReport, cancellation),
            ApiJson.Default.IReadOnlyListDropReport,
            rows => TableView.Of(s_columns, rows)));
}
