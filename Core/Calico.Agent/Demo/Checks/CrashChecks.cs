using System.Text.Json;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Nodes;
using Calico.Agent.Demo.Peers;
using Calico.Lab;

namespace Calico.Agent.Demo.Checks;

/// <summary>An agent is killed in the middle of a transfer: traffic goes on without it, and the next agent takes over what it finds.</summary>
internal static class CrashChecks
{
    private const string GoesOn = "goes on, no wrong byte";

    public static async Task RunAsync(DemoWorld world, CheckList checks, Action<string> tell, CancellationToken cancellationToken)
    {
        DemoNode node = world.First;
        DemoPeer reader = world[$"{node.Name}/w1"], neighbour = world[$"{node.Name}/w2"], outside = world[DemoWorld.Outside];
        DemoPeer server = world.Nodes.Count > 1 ? world[$"{world.Nodes[1].Name}/w1"] : neighbour;
        string transfer = $"long transfer {server.Name} → {reader.Name}";

        await reader.Client.BeginTransferAsync(server.Address4, cancellationToken);
        checks.Add($"{transfer} begins", GoesOn, await GrowsAsync(reader, cancellationToken));

        tell($"Killing the agent of {node.Name}.");
        await node.KillAsync(cancellationToken);
        foreach (int family in new[] { 4, 6 })
        {
            checks.Add($"agent away, new connection: {outside.Name} → {reader.Name}, HTTP over IPv{family}", Sending.Answer(outside, reader, family),
                await Sending.HttpAsync(outside, reader.Address(family), cancellationToken));
            checks.Add($"agent away, new connection: {neighbour.Name} → {server.Name}, UDP over IPv{family}", Sending.Answer(neighbour, server, family),
                await Sending.UdpAsync(neighbour, server.Address(family), cancellationToken));
        }

        LabWorkload late = world.AddWorkload(node, "w4");
        NodeFiles.WriteEndpoint(world.Place, late);
        string unguarded = await Sending.PingAsync(late.Namespace, node.Lab.Address4.ToString(), cancellationToken);
        checks.Add($"agent away, a workload appears: {node.Name}/{late.Name} → {node.Name}", "no echo", unguarded, unguarded != "echo");
        checks.Add($"agent away: {transfer}", GoesOn, await GrowsAsync(reader, cancellationToken));

        await world.StartAgentAsync(node, cancellationToken);
        checks.Add($"agent back: {node.Name}/{late.Name} → {node.Name}", "echo", await Waiting.ForAsync(
            () => Sending.PingAsync(late.Namespace, node.Lab.Address4.ToString(), cancellationToken, Sending.Briefly), seen => seen == "echo", cancellationToken));
        checks.Add($"agent back: {transfer}", GoesOn, await GrowsAsync(reader, cancellationToken));
        await FlowAsync(world, checks, reader, server, cancellationToken);
        TransferReport report = await reader.Client.EndTransferAsync(cancellationToken);
        tell($"{report.Bytes / 1_000_000.0:0.0} MB were transferred over one connection; the longest pause was {report.LongestPauseMilliseconds} ms.");
        NodeFiles.DeleteEndpoint(world.Place, late);
        world.RemoveWorkload(late);
    }

    /// <summary>The adopted flow still has what was counted before the crash.</summary>
    private static async Task FlowAsync(DemoWorld world, CheckList checks, DemoPeer reader, DemoPeer server, CancellationToken cancellationToken)
    {
        const string Expected = "established, packets both ways";
        if (!await FlowTable.HasCommandAsync(world.First, cancellationToken))
        {
            return;
        }

        IReadOnlyList<(string Node, JsonElement Flow)> flows = await FlowTable.ReadAsync(world, int.MaxValue, cancellationToken);
        JsonElement? flow = flows.Where(row => row.Node == world.First.Name
            && row.Flow.GetProperty("protocol").GetString() == "tcp"
            && row.Flow.GetProperty("source").GetString()!.StartsWith(reader.Address4 + ":", StringComparison.Ordinal)
            && row.Flow.GetProperty("destination").GetString() == $"{server.Address4}:{Peer.HttpPort}"
            && row.Flow.GetProperty("state").GetString() == "established").Select(row => (JsonElement?)row.Flow).FirstOrDefault();
        string seen = flow is not { } found ? "no such flow"
            : found.GetProperty("forwardPackets").GetUInt64() > 0 && found.GetProperty("replyPackets").GetUInt64() > 0 ? Expected
            : "packets in one direction only";
        checks.Add($"agent back: the transfer's flow in the table of {world.First.Name}", Expected, seen);
    }

    private static async Task<string> GrowsAsync(DemoPeer reader, CancellationToken cancellationToken)
    {
        long before = (await reader.Client.TransferAsync(cancellationToken)).Bytes;
        TransferReport report = await Waiting.ForAsync(
            () => reader.Client.TransferAsync(cancellationToken), seen => seen.Bytes > before || seen.Failure is not null, cancellationToken);
        return report.Failure ?? (report.WrongBytes > 0 ? $"{report.WrongBytes} wrong bytes" : report.Bytes > before ? GoesOn : "stands still");
    }
}
