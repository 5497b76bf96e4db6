using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Checks;
using Calico.Agent.Demo.Nodes;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Demo;

/// <summary>What the demo shows at its end: expected and seen, the flows, the drops.</summary>
internal static class DemoReport
{
    private const int FlowsShown = 25;

    private static readonly Column<Check>[] s_checks =
    [
        new("WHAT", check => check.What),
        new("EXPECTED", check => check.Expected),
        new("SEEN", check => check.Seen),
        new("", check => check.IsAsExpected ? "ok" : "NOT AS EXPECTED"),
    ];

    private static readonly Column<(string Node, DropReport Drop)>[] s_drops =
    [
        new("NODE", row => row.Node),
        new("INTERFACE", row => row.Drop.Interface),
        new("HOOK", row => row.Drop.Hook),
        new("IP", row => row.Drop.Family == 0 ? Cell.Nothing : Cell.Of(row.Drop.Family)),
        new("REASON", row => row.Drop.Reason),
        new("PACKETS", row => Cell.Of(row.Drop.Packets), IsNumber: true),
        new("MEANING", row => row.Drop.Sentence),
    ];

    public static async Task WriteAsync(Terminal terminal, DemoWorld world, IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        Title(terminal, "Expected and seen");
        terminal.Write(TableView.Of(s_checks, checks));
        if (await FlowTable.HasCommandAsync(world.First, cancellationToken))
        {
            Title(terminal, $"Flows, the {FlowsShown} seen last of each node");
            terminal.Write(FlowTable.View(await FlowTable.ReadAsync(world, FlowsShown, cancellationToken)));
        }
        else
        {
            Title(terminal, "Flows: no plugin is loaded that tells of them.");
        }

        Title(terminal, "Drops");
        var drops = new List<(string, DropReport)>();
        foreach (DemoNode node in world.Nodes)
        {
            drops.AddRange((await node.Client.GetAsync("v1/drops", ApiJson.Default.IReadOnlyListDropReport, cancellationToken)).Select(drop => (node.Name, drop)));
        }

        terminal.Write(TableView.Of(s_drops, drops));
        terminal.Output.WriteLine();
    }

    private static void Title(Terminal terminal, string title)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(title);
    }
}
