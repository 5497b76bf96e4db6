using System.Diagnostics;
using Calico.Agent.Demo.Nodes;
using Calico.Core.Runtime.Reports;
using Calico.Lab;

namespace Calico.Agent.Demo.Checks;

/// <summary>What changes while traffic goes on: workloads come and go, and an endpoint becomes known.</summary>
internal static class LifeChecks
{
    private const string HasChain = "its interface has its chain";
    private const string HasNoChain = "its interface has no chain";

    /// <summary>A workload that comes: first unknown, and cut off; then known, and connected; then gone.</summary>
    public static async Task RunAsync(DemoWorld world, CheckList checks, Action<string> tell, CancellationToken cancellationToken)
    {
        DemoNode node = world.First;
        DemoPeer neighbour = world[$"{node.Name}/w1"];
        long start = Stopwatch.GetTimestamp();
        LabWorkload workload = world.AddWorkload(node, "w3");
        string name = $"{node.Name}/{workload.Name}";
        checks.Add($"{name} appears", HasChain, await ChainAsync(node, workload, HasChain, cancellationToken));
        tell($"{name} is there and its interface has its chain, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms after the first command that makes it.");

        string cutOff = await Sending.PingAsync(workload.Namespace, neighbour.Address4, cancellationToken);
        ulong dropped = await node.DropsAsync(workload.HostInterface, "SPOOFED_SOURCE", cancellationToken);
        checks.Add($"it has no endpoint yet: {name} → {neighbour.Name}", $"{Sending.NoAnswer}, dropped as SPOOFED_SOURCE",
            $"{cutOff}, {(dropped > 0 ? "dropped as SPOOFED_SOURCE" : "and no such drop")}");
        string unreachable = await Sending.PingAsync(neighbour, workload.Address4.ToString(), cancellationToken);
        checks.Add($"it has no endpoint yet: {neighbour.Name} → {name}", "no echo", unreachable, unreachable != "echo");

        NodeFiles.WriteEndpoint(world.Place, workload);
        start = Stopwatch.GetTimestamp();
        checks.Add($"its endpoint is made: {neighbour.Name} → {name}", "echo", await Waiting.ForAsync(
            () => Sending.PingAsync(neighbour, workload.Address4.ToString(), cancellationToken, Sending.Briefly), seen => seen == "echo", cancellationToken));
        tell($"{name} can be reached, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms after its endpoint was made.");

        await world.AddPeerAsync(workload, cancellationToken);
        DemoPeer source = world[name], outside = world[DemoWorld.Outside];
        foreach (int family in new[] { 4, 6 })
        {
            checks.Add($"its endpoint is made: {name} → {outside.Name}, HTTP over IPv{family}", Sending.Answer(source, outside, family),
                await Sending.HttpAsync(source, outside.Address(family), cancellationToken));
        }

        NodeFiles.DeleteEndpoint(world.Place, workload);
        world.RemoveWorkload(workload);
        checks.Add($"{name} goes", HasNoChain, await ChainAsync(node, workload, HasNoChain, cancellationToken));
    }

    /// <summary>Agents that say that all is well.</summary>
    public static async Task HealthAsync(DemoWorld world, CheckList checks, CancellationToken cancellationToken)
    {
        const string Well = "no problem";
        foreach (DemoNode node in world.Nodes)
        {
            StatusReport status = await node.StatusAsync(cancellationToken);
            checks.Add($"agent of {node.Name}, asked whether all is well", Well, status.Problems.Count == 0 ? Well : string.Join(' ', status.Problems));
        }
    }

    private static Task<string> ChainAsync(DemoNode node, LabWorkload workload, string wanted, CancellationToken cancellationToken) => Waiting.ForAsync(
        async () =>
        {
            IReadOnlyList<InterfaceReport> interfaces = await node.InterfacesAsync(cancellationToken);
            return interfaces.Any(known => known.Name == workload.HostInterface && known.Hooks.Count == 2) ? HasChain : HasNoChain;
        },
        seen => seen == wanted,
        cancellationToken);
}
