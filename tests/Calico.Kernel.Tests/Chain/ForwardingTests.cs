using System.Net;
using Calico.Core.Bpf;
using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;
using Calico.Sdk.Net;

namespace Calico.Kernel.Tests.Chain;

public sealed class ForwardingTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private const int Ip = PacketBuilder.EthernetLength;
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void To_a_workload_the_packet_goes_with_new_Ethernet_addresses_one_hop_less_and_nothing_else_changed(bool v6)
    {
        var (a, b) = (_chain.Node.A, _chain.Node.B);
        for (var round = 0; round < 3; round++)
        {
            var sent = _chain.FromA(_chain.Udp(v6));

            var expected = _chain.Udp(v6) with { EthernetDestination = b.PeerMac, EthernetSource = b.HostMac, HopLimit = 63 };
            Assert.Equal(expected.Build(), sent.Packet);
            Assert.Equal(0u, sent.Mark);
        }

        Assert.NotEqual(a.HostMac, b.HostMac);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(255)]
    public void The_header_checksum_stays_right_for_every_TTL(byte ttl)
    {
        // The identification moves the checksum through its whole range, also where the sum wraps.
        foreach (var (destination, first) in new[] { ("10.0.0.11", 1), ("10.0.0.12", 2) })
        {
            for (var port = (ushort)first; port < 40; port++)
            {
                var sent = _chain.FromA(PacketBuilder.Udp("10.0.0.10", destination, port, port) with { HopLimit = ttl });
                Assert.Equal(ttl - 1, sent.Packet[Ip + 8]);
                Assert.Equal(0xffffu, Checksum.Sum(sent.Packet.AsSpan(Ip, 20)));
            }
        }
    }

    [Fact]
    public void The_header_checksum_stays_right_whatever_it_was()
    {
        foreach (var id in Enumerable.Range(0, 65_536).Where(id => id % 911 == 0 || id > 65_530))
        {
            var packet = _chain.Udp(v6: false).BuildIp();
            (packet[4], packet[5], packet[10], packet[11]) = ((byte)(id >> 8), (byte)id, 0, 0);
            var checksum = Checksum.Of(packet.AsSpan(0, 20));
            (packet[10], packet[11]) = ((byte)(checksum >> 8), (byte)checksum);

            var sent = _chain.FromA(_chain.Udp(v6: false).Patched(Ip, packet));

            Assert.Equal(0xffffu, Checksum.Sum(sent.Packet.AsSpan(Ip, 20)));
        }
    }

    [Theory, BothFamilies]
    public void A_checksum_that_the_card_has_computed_stays_right(bool v6)
    {
        var a = _chain.Node.A;
        var packet = _chain.Udp(v6) with { EthernetSource = a.PeerMac, EthernetDestination = a.HostMac };
        TestRunRequest request = new()
        {
            Packet = packet.Build(),
            Skb = new SkbContext { Ifindex = a.Ifindex },
            Modes = TestRunModes.ChecksumComplete,
        };

        // The kernel fails the run where the program spoils the sum.
        var result = _chain.Node.Run(() => _chain.Generation.Hooks[Hooks.WorkloadIngress].Entry.TestRun(request));

        Assert.Equal(Verdicts.Redirect, result.ReturnValue);
    }

    [Theory, BothFamilies]
    public void A_workload_whose_peer_is_in_this_namespace_is_reached_by_a_plain_redirect_with_the_mark(bool v6)
    {
        var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), _chain.Node.C.Address(v6), 1, 2));

        Assert.True(sent.IsRedirected);
        Assert.Equal(ForwardingWay.Redirect, (ForwardingWay)_chain.Flows.Only.FromInitiator.Way);
        Assert.Equal(_chain.Settings.MarkSeen | _chain.Settings.MarkJudged, sent.Mark);
        Assert.Equal(_chain.Node.C.PeerMac, new MacAddress(sent.Packet.AsSpan(0, 6)));
    }

    [Theory, BothFamilies]
    public void A_workload_whose_MAC_address_is_unknown_is_reached_by_the_kernels_neighbour_table(bool v6)
    {
        _chain.SetInterface(_chain.Node.C, entry => entry with { Flags = (byte)InterfaceFlags.Ethernet });

        var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), _chain.Node.C.Address(v6), 1, 2));

        Assert.True(sent.IsRedirected);
        Assert.Equal(ForwardingWay.Neigh, (ForwardingWay)_chain.Flows.Only.FromInitiator.Way);
        Assert.Equal(_chain.Node.C.Address(v6), NextHop(v6));
    }

    [Theory]
    [InlineData("8.8.8.8", "192.0.2.254", 2)]
    [InlineData("192.0.2.7", "192.0.2.7", 2)]
    [InlineData("203.0.113.9", "192.0.3.254", 3)]
    [InlineData("2001:db8::1", "fd00:2::fe", 2)]
    [InlineData("fd00:2::7", "fd00:2::7", 2)]
    [InlineData("fd00:113::9", "fd00:3::fe", 3)]
    public void Beyond_the_node_the_packet_leaves_by_the_uplink_and_next_hop_that_the_kernel_would_take(string to, string nextHop, int uplink)
    {
        var v6 = to.Contains(':', StringComparison.Ordinal);

        var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), to, 1, 2));

        Assert.True(sent.IsRedirected);
        Assert.Equal(_chain.Settings.MarkSeen | _chain.Settings.MarkJudged, sent.Mark);
        var flow = _chain.Flows.Only;
        Assert.Equal(ForwardingWay.Neigh, (ForwardingWay)flow.FromInitiator.Way);
        Assert.Equal(uplink == 2 ? _chain.Node.Uplink.Slot : _chain.Node.Uplink2.Slot, flow.FromInitiator.Output);
        Assert.Equal(nextHop, NextHop(v6));
    }

    [Theory, BothFamilies]
    public void A_workload_of_another_node_is_reached_by_way_of_its_node(bool v6)
    {
        var (remote, node) = v6 ? ("fd00:20::7", "fd00:3::9") : ("10.1.0.7", "192.0.3.9");
        _chain.SetAddress(remote, RouteKind.RemoteWorkload, nextHop: node);

        Assert.True(_chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), remote, 1, 2)).IsRedirected);
        Assert.Equal(_chain.Node.Uplink2.Slot, _chain.Flows.Only.FromInitiator.Output);
        Assert.Equal(node, NextHop(v6));
    }

    [Theory, BothFamilies]
    public void A_black_hole_swallows(bool v6)
    {
        _chain.SetRoute(v6 ? "fd00:66::/32" : "10.66.0.0/16", RouteKind.Blackhole);

        var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), v6 ? "fd00:66::1" : "10.66.0.1", 1, 2));

        Assert.Equal("NO_ROUTE", sent.DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_single_address_goes_before_the_prefix_around_it(bool v6)
    {
        _chain.SetRoute(v6 ? "fd00:10::/64" : "10.0.0.0/16", RouteKind.Blackhole);

        Assert.True(_chain.FromA(_chain.Udp(v6)).IsRedirected);
    }

    [Theory, BothFamilies]
    public void What_is_for_the_node_itself_goes_to_the_stack_seen_but_not_judged(bool v6)
    {
        var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), _chain.Node.Uplink.Address(v6), 1, 2) with { HopLimit = 1 });

        Assert.True(sent.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, sent.Mark);
        Assert.Equal(ForwardingWay.Stack, (ForwardingWay)_chain.Flows.Only.FromInitiator.Way);
    }

    [Theory, BothFamilies]
    public void From_the_wire_a_packet_goes_straight_into_the_workload(bool v6)
    {
        var sent = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Udp(v6 ? "2001:db8::1" : "8.8.8.8", _chain.Node.A.Address(v6), 1, 2));

        Assert.True(sent.IsRedirected);
        Assert.Equal(_chain.Node.A.PeerMac, new MacAddress(sent.Packet.AsSpan(0, 6)));
        Assert.Equal(ForwardingWay.Peer, (ForwardingWay)_chain.Flows.Only.FromInitiator.Way);
    }

    [Theory, BothFamilies]
    public void A_frame_from_the_wire_for_another_machine_is_left_alone(bool v6)
    {
        var packet = PacketBuilder.Udp(v6 ? "2001:db8::1" : "8.8.8.8", _chain.Node.A.Address(v6), 1, 2) with
        {
            EthernetDestination = new MacAddress([2, 0, 0, 0, 9, 9]),
        };

        var sent = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, packet.Build());

        Assert.True(sent.Continues);
        Assert.Equal(packet.Build(), sent.Packet);
        Assert.Empty(_chain.Flows.All);
    }

    private string NextHop(bool v6)
    {
        var entry = _chain.Flows.Only.Entry;
        var nextHop = _chain.Flows.Only.Flags.HasFlag(FlowFlags.InitiatorIsHigh) ? entry.HighToLowNextHop : entry.LowToHighNextHop;
        Span<uint> words = nextHop;
        return new IPAddress(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words)[..(v6 ? 16 : 4)]).ToString();
    }
}
