using Calico.Agent.Demo.Nodes;
using Calico.Agent.Demo.Peers;
using Calico.Lab;

namespace Calico.Agent.Demo.Checks;

/// <summary>What must not pass, and must be counted as dropped for the right reason; and what must be answered with an ICMP error.</summary>
internal static class RefusalChecks
{
    // The lab gives out addresses from 1 on; this one is in the node's block and nobody's.
    private const string StrangeAddress4 = "10.91.1.200";
    private const string StrangeAddress6 = "fd00:91:1::c8";

    private const int TooLargeForOnePacket = 4000;
    private const int SmallMtu = 1400;
    private const int TooLargeForSmallMtu = 1400;

    public static async Task RunAsync(DemoWorld world, CheckList checks, CancellationToken cancellationToken)
    {
        DemoPeer source = world[$"{world.First.Name}/w1"], target = world[$"{world.First.Name}/w2"];
        await SpoofedAsync(world, checks, source, target, cancellationToken);
        await DroppedAsync(world, checks, $"TCP segment of no connection: {source.Name} → {target.Name}", "TCP_WITHOUT_FLOW",
            () => Sending.SegmentAsync(source, target.Address4, ProbeKind.StraySegment, cancellationToken), cancellationToken);
        await DroppedAsync(world, checks, $"TCP header shorter than itself: {source.Name} → {target.Name}", "MALFORMED",
            () => Sending.SegmentAsync(source, target.Address4, ProbeKind.MalformedSegment, cancellationToken), cancellationToken);
        await DroppedAsync(world, checks, $"UDP in fragments: {source.Name} → {target.Name}", "FRAGMENT",
            () => Sending.UdpAsync(source, target.Address4, cancellationToken, size: TooLargeForOnePacket, isHopeless: true), cancellationToken);
        foreach (DemoNode other in world.Nodes.Skip(1).Take(1))
        {
            await AnsweredWithErrorAsync(world, checks, source, world[$"{other.Name}/w1"], cancellationToken);
        }
    }

    private static async Task SpoofedAsync(DemoWorld world, CheckList checks, DemoPeer source, DemoPeer target, CancellationToken cancellationToken)
    {
        // Deprecated: the kernel takes it only for whoever asks for it by name.
        source.Inside.Ip($"addr add {StrangeAddress4}/32 dev eth0 preferred_lft 0", $"addr add {StrangeAddress6}/128 dev eth0 nodad preferred_lft 0");
        try
        {
            foreach ((string from, string to) in new[] { (StrangeAddress4, target.Address4), (StrangeAddress6, target.Address6) })
            {
                await DroppedAsync(world, checks, $"source {from}, which is not the workload's: {source.Name} → {target.Name}", "SPOOFED_SOURCE",
                    () => Sending.UdpAsync(source, to, cancellationToken, from, isHopeless: true), cancellationToken);
            }
        }
        finally
        {
            source.Inside.Ip($"addr del {StrangeAddress4}/32 dev eth0", $"addr del {StrangeAddress6}/128 dev eth0");
        }
    }

    private static async Task DroppedAsync(
        DemoWorld world, CheckList checks, string what, string reason, Func<Task<string>> send, CancellationToken cancellationToken)
    {
        string entry = world.First.Lab.Workloads.First(workload => workload.Name == "w1").HostInterface;
        ulong before = await world.First.DropsAsync(entry, reason, cancellationToken);
        string answer = await send();
        ulong dropped = await world.First.DropsAsync(entry, reason, cancellationToken) - before;
        checks.Add(what, $"{Sending.NoAnswer}, dropped as {reason}", $"{answer}, {(dropped > 0 ? $"dropped as {reason}" : "and no such drop")}");
    }

    private static async Task AnsweredWithErrorAsync(DemoWorld world, CheckList checks, DemoPeer source, DemoPeer target, CancellationToken cancellationToken)
    {
        LabNode node = world.First.Lab;
        string way = $"{source.Name} → {target.Name}";
        checks.Add($"TTL of 1: {way}", $"From {node.Address4}: Time to live exceeded",
            await Sending.PingAsync(source, target.Address4, cancellationToken, "-t", "1"));
        checks.Add($"hop limit of 1: {way}", $"From {node.Address6}: Time exceeded: Hop limit",
            await Sending.PingAsync(source, target.Address6, cancellationToken, "-t", "1"));

        string uplink = node.Uplinks[0];
        node.Namespace.Ip($"link set {uplink} mtu {SmallMtu}");
        try
        {
            string[] options = ["-M", "do", "-s", $"{TooLargeForSmallMtu}"];
            string expected4 = $"From {node.Address4}: Frag needed and DF set (mtu = {SmallMtu})";
            checks.Add($"too big for an uplink with MTU {SmallMtu}: {way}", expected4, await Waiting.ForAsync(
                () => Sending.PingAsync(source, target.Address4, cancellationToken, options), seen => seen == expected4, cancellationToken));
            string expected6 = $"From {node.Address6}: Packet too big: mtu={SmallMtu}";
            checks.Add($"too big for an uplink with MTU {SmallMtu}, IPv6: {way}", expected6, await Waiting.ForAsync(
                () => Sending.PingAsync(source, target.Address6, cancellationToken, options), seen => seen == expected6, cancellationToken));
        }
        finally
        {
            node.Namespace.Ip($"link set {uplink} mtu 1500");
        }
    }
}
