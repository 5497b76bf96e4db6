using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands;

/// <summary><c>calico interface list</c>.</summary>
internal static class InterfaceCommand
{
    private static readonly Column<InterfaceReport>[] s_columns =
    [
        new("NAME", row => row.Name),
        new("INDEX", row => Cell.Of(row.Ifindex), IsNumber: true),
        new("KIND", row => row.Kind),
        new("ENDPOINT", row => Cell.Of(row.Endpoint)),
        new("ADDRESSES", row => Cell.Of(row.Addresses)),
        new("HOOKS", row => Cell.Of(row.Hooks)),
        new("ATTACH", row => row.Attach),
        new("SLOT", row => Cell.Of(row.Slot), IsNumber: true),
    ];

    public static Command Create(CommandContext context) => new("interface", "The interfaces that have a chain.")
    {
        context.Ask("list", "Lists them.", async (agent, _, cancellation) => Answer.Of(
            await agent.GetAsync("v1/interfaces", ApiJson.Default.IReadOnlyListInterfaceReport, cancellation),
            ApiJson.Default.IReadOnlyListInterfaceReport,
            rows => TableView.Of(s_columns, rows))),
    };
}
