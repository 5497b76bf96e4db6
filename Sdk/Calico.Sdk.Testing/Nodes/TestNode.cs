using Calico.Core.Maps.Layout;
using Calico.Core.Net;

namespace Calico.Sdk.Testing;

/// <summary>
/// The interfaces that the packets of a test seem to come through: a node's namespace, and another that holds the
/// far ends.
/// <code>
///  A, B  workloads, peers in the other namespace     C  workload, peer in the node's namespace (as a bridge port is)
///  Uplink  192.0.2.1/24, fd00:2::1/64; default routes by .254 and ::fe     Uplink2  192.0.3.1/24, fd00:3::1/64; 203.0.113.0/24 and fd00:113::/64 by it
///  Tunnel  a device of kind tunnel
/// </code>
/// </summary>
internal sealed class TestNode : IDisposable
{
    private readonly NamespaceThread _far;

    public TestNode(uint interfaceSlots)
    {
        _far = new NamespaceThread("far ends");
        Thread = new NamespaceThread("node");
        try
        {
            Thread.Run(Build);
            A = Found(new("w10", InterfaceKind.Workload, 10), interfaceSlots);
            B = Found(new("w11", InterfaceKind.Workload, 11), interfaceSlots);
            C = Found(new("w12", InterfaceKind.Workload, 12) { PeerElsewhere = false }, interfaceSlots);
            Uplink = Found(new("up2", InterfaceKind.Host, 2), interfaceSlots);
            Uplink2 = Found(new("up3", InterfaceKind.Host, 3), interfaceSlots);
            Tunnel = Found(new("tun4", InterfaceKind.Tunnel, 4), interfaceSlots);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The thread whose namespace is the node.</summary>
    public NamespaceThread Thread { get; }

    public TestInterface A { get; }

    public TestInterface B { get; }

    public TestInterface C { get; }

    public TestInterface Uplink { get; }

    public TestInterface Uplink2 { get; }

    public TestInterface Tunnel { get; }

    public IReadOnlyList<TestInterface> Interfaces => [A, B, C, Uplink, Uplink2, Tunnel];

    public void Dispose()
    {
        Thread.Dispose();
        _far.Dispose();
    }

    private void Build()
    {
        Sysctl.Write("net/ipv4/ip_forward", "1");
        Sysctl.Write("net/ipv6/conf/all/forwarding", "1");
        IpCommands.Run(
        [
            "link set lo up",
            .. Veth("w10", 10, $"netns {_far.Path}"),
            .. Veth("w11", 11, $"netns {_far.Path}"),
            .. Veth("w12", 12, ""),
            .. Veth("up2", 2, $"netns {_far.Path}"),
            .. Veth("up3", 3, $"netns {_far.Path}"),
            .. Veth("tun4", 4, $"netns {_far.Path}"),
            "link set p12 up",
        ]);
        _far.Run(() => IpCommands.Run(["link set p10 up", "link set p11 up", "link set p2 up", "link set p3 up", "link set p4 up"]));
        IpCommands.Run(
        [
            "addr add 192.0.2.1/24 dev up2",
            "addr add 192.0.3.1/24 dev up3",
            "addr add fd00:2::1/64 dev up2 nodad",
            "addr add fd00:3::1/64 dev up3 nodad",
            "route add default via 192.0.2.254 dev up2",
            "route add 203.0.113.0/24 via 192.0.3.254 dev up3",
            "route add ::/0 via fd00:2::fe dev up2",
            "route add fd00:113::/64 via fd00:3::fe dev up3",
        ]);
    }

    private static string[] Veth(string name, int number, string peerPlace) =>
    [
        $"link add {name} address 02:00:00:00:01:{number:x2} type veth peer name p{number} address 02:00:00:00:02:{number:x2} {peerPlace}",
        $"link set {name} up",
    ];

    private TestInterface Found(TestInterface wanted, uint slots)
    {
        // Not from /sys, which shows the namespace of whoever mounted it.
        var index = Thread.Run(() =>
        {
            using var netlink = new RtNetlink();
            return netlink.GetLink(wanted.Name)!.Index;
        });
        var ifindex = (uint)index;
        return wanted with { Ifindex = ifindex, Slot = (ushort)(ifindex & (slots - 1)) };
    }
}
