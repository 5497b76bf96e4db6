using System.Net;
using System.Runtime.InteropServices;
using Calico.Benchmarks.Networks;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Net;

namespace Calico.Benchmarks.Chains;

/// <summary>What the chains of a node must know: its interfaces and the addresses behind them.</summary>
internal sealed class NodeTables
{
    private readonly MapSet _maps;
    private readonly Dictionary<string, LinkInfo> _links;

    /// <summary>Writes the tables of a node; called from any namespace.</summary>
    public NodeTables(BenchNode node, MapSet maps)
    {
        _maps = maps;
        _links = node.Namespace.Enter(() =>
        {
            using var netlink = new RtNetlink();
            return netlink.GetLinks().ToDictionary(link => link.Name);
        });
        Put(0, new InterfaceEntry { Stamp = Stamp(), Mtu = 65_535, Kind = (byte)InterfaceKind.Stack });
        PutInterface(BenchNode.Uplink, InterfaceKind.Host, InterfaceFlags.Ethernet, default);
        foreach (var workload in node.Workloads)
        {
            PutInterface(
                workload.HostInterface, InterfaceKind.Workload,
                InterfaceFlags.Ethernet | InterfaceFlags.PeerElsewhere | InterfaceFlags.PeerMacKnown, workload.Mac);
            PutAddress(workload.Address4, RouteKind.LocalWorkload, Slot(workload.HostInterface));
            PutAddress(workload.Address6, RouteKind.LocalWorkload, Slot(workload.HostInterface));
        }

        PutAddress(Addresses.Node4(node.Number), RouteKind.Host, 0);
        PutAddress(Addresses.Node6(node.Number), RouteKind.Host, 0);
    }

    public int Index(string link) => _links[link].Index;

    private ushort Slot(string link) => (ushort)(Index(link) & (ChainBuilder.Settings.Tables.Interfaces - 1));

    private void PutInterface(string link, InterfaceKind kind, InterfaceFlags flags, MacAddress peer)
    {
        var entry = new InterfaceEntry
        {
            Ifindex = (uint)Index(link),
            Stamp = Stamp(),
            Mtu = (uint)_links[link].Mtu,
            Kind = (byte)kind,
            Flags = (byte)flags,
            Slot = Slot(link),
        };
        Span<byte> ethernet = entry.Ethernet;
        peer.CopyTo(ethernet);
        _links[link].Mac.CopyTo(ethernet[6..]);
        Put(entry.Slot, entry);
    }

    private void Put(uint slot, InterfaceEntry entry) => _maps.Typed<uint, InterfaceEntry>("interfaces").Set(slot, entry);

    private void PutAddress(IPAddress address, RouteKind kind, ushort slot)
    {
        var route = new RouteEntry { Kind = (byte)kind, Slot = slot };
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            _maps.Typed<uint, RouteEntry>("addresses_v4").Set(MemoryMarshal.Read<uint>(bytes), route);
        }
        else
        {
            _maps.Typed<AddressKeyV6, RouteEntry>("addresses_v6").Set(MemoryMarshal.Read<AddressKeyV6>(bytes), route);
        }
    }

    private static uint Stamp() => (uint)Random.Shared.Next(1, int.MaxValue);
}
