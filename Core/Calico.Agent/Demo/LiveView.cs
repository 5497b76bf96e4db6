using System.Text.Json;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Checks;
using Calico.Agent.Demo.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Demo;

/// <summary>The flow table while traffic goes on: redrawn in its place on a screen, elsewhere every few seconds anew.</summary>
internal static class LiveView
{
    private const int FlowsShown = 12;

    // Heading, and the line that the terminal's cursor is left on.
    private const int LinesBesideFlows = 3;

    private static readonly TimeSpan s_redraw = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_print = TimeSpan.FromSeconds(10);

    /// <summary>Runs until it is cancelled, which is how it ends well.</summary>
    public static async Task RunAsync(Terminal terminal, DemoWorld world, CancellationToken cancellationToken)
    {
        Task traffic = KeepSendingAsync(world, cancellationToken);
        try
        {
            if (terminal.IsScreen)
            {
                await terminal.Screen.Live(await ViewAsync(terminal, world, cancellationToken)).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
                {
                    while (true)
                    {
                        live.UpdateTarget(await ViewAsync(terminal, world, cancellationToken));
                        live.Refresh();
                        await Task.Delay(s_redraw, cancellationToken);
                    }
                });
            }

            while (true)
            {
                terminal.Write(await ViewAsync(terminal, world, cancellationToken));
                await terminal.Output.WriteLineAsync();
                await terminal.Output.FlushAsync(cancellationToken);
                await Task.Delay(s_print, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await traffic;
        }
    }

    private static async Task<IRenderable> ViewAsync(Terminal terminal, DemoWorld world, CancellationToken cancellationToken)
    {
        int most = terminal.IsScreen ? Math.Max(1, (terminal.Screen.Profile.Height - LinesBesideFlows) / world.Nodes.Count) : FlowsShown;
        IReadOnlyList<(string Node, JsonElement Flow)> flows = await FlowTable.ReadAsync(world, most, cancellationToken);
        return FlowTable.View(flows);
    }

    private static async Task KeepSendingAsync(DemoWorld world, CancellationToken cancellationToken)
    {
        DemoPeer[] workloads = [.. world.Peers.Where(peer => peer.Name.Contains('/', StringComparison.Ordinal)).OrderBy(peer => peer.Name, StringComparer.Ordinal)];
        try
        {
            // One connection that stays, from the first node to the last, among the many that come and go.
            await workloads[0].Client.BeginTransferAsync(workloads[^1].Address4, cancellationToken);
            for (int round = 0; ; round++)
            {
                DemoPeer source = workloads[round % workloads.Length];
                DemoPeer target = workloads[(round + 1 + (round / workloads.Length)) % workloads.Length];
                int family = round % 2 == 0 ? 4 : 6;
                await Sending.HttpAsync(source, target.Address(family), cancellationToken);
                await Sending.UdpAsync(source, target.Address(family), cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The demo ends.
        }
    }
}
