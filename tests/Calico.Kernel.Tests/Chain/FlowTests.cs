using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class FlowTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void The_first_packet_between_two_workloads_makes_an_unanswered_flow_with_its_way(bool v6)
    {
        var sent = _chain.FromA(_chain.Syn(v6));

        Assert.Equal((Verdicts.Redirect, null), (sent.Verdict, sent.DropReason));
        var flow = _chain.Flows.Only;
        Assert.True(flow.Pending);
        Assert.Equal(FlowState.SynSent, flow.State);
        Assert.Equal(ForwardingWay.Peer, (ForwardingWay)flow.FromInitiator.Way);
        Assert.Equal(_chain.Node.B.Slot, flow.FromInitiator.Output);
        Assert.Equal(1UL, flow.FromInitiator.Packets);
        Assert.Equal((ulong)_chain.Syn(v6).BuildIp().Length, flow.FromInitiator.Bytes);
    }

    [Theory, BothFamilies]
    public void The_way_back_to_a_workload_is_known_with_the_first_packet(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));

        var flow = _chain.Flows.Only;
        Assert.Equal(ForwardingWay.Peer, (ForwardingWay)flow.FromResponder.Way);
        Assert.Equal(_chain.Node.A.Slot, flow.FromResponder.Output);
        Assert.Equal(flow.FromInitiator.Stamp, flow.FromResponder.Stamp);
    }

    [Theory, BothFamilies]
    public void Both_directions_share_one_entry_and_each_has_a_way_and_counters_of_its_own(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Ack, reply: true));

        var flow = _chain.Flows.Only;
        Assert.False(flow.Pending);
        Assert.Equal(2UL, flow.FromInitiator.Packets);
        Assert.Equal(2UL, flow.FromResponder.Packets);
        Assert.Equal(_chain.Node.B.Slot, flow.FromInitiator.Output);
        Assert.Equal(_chain.Node.A.Slot, flow.FromResponder.Output);
        Assert.Equal(_chain.Interface(_chain.Node.A).Stamp + _chain.Interface(_chain.Node.B).Stamp, flow.FromResponder.Stamp);
        Assert.Equal(flow.FromInitiator.Stamp, flow.FromResponder.Stamp);
    }

    [Theory, BothFamilies]
    public void Whoever_begins_is_the_initiator_be_it_the_lower_or_the_higher_end(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        Assert.False(_chain.Flows.Only.Flags.HasFlag(FlowFlags.InitiatorIsHigh));
        _chain.Flows.Clear();

        _chain.FromB(_chain.Udp(v6, reply: true));
        Assert.True(_chain.Flows.Only.Flags.HasFlag(FlowFlags.InitiatorIsHigh));
    }

    [Theory, BothFamilies]
    public void The_port_orders_the_ends_where_the_addresses_are_the_same(bool v6)
    {
        var own = _chain.Node.A.Address(v6);

        Assert.True(_chain.FromA(PacketBuilder.Udp(own, own, 7, 9)).IsRedirected);
        Assert.True(_chain.FromA(PacketBuilder.Udp(own, own, 9, 7)).IsRedirected);

        var flow = _chain.Flows.Only;
        Assert.Equal(FlowState.UdpAnswered, flow.State);
        Assert.Equal((1UL, 1UL), (flow.FromInitiator.Packets, flow.FromResponder.Packets));
        Assert.Equal((7, 9), (flow.Low.Port, flow.High.Port));
    }

    [Theory, BothFamilies]
    public void A_flow_from_an_address_and_port_to_itself_has_one_direction(bool v6)
    {
        var own = _chain.Node.A.Address(v6);

        Assert.True(_chain.FromA(PacketBuilder.Udp(own, own, 7, 7)).IsRedirected);
        Assert.True(_chain.FromA(PacketBuilder.Udp(own, own, 7, 7)).IsRedirected);

        Assert.Equal(2UL, _chain.Flows.Only.FromInitiator.Packets);
    }

    [Fact]
    public void IPv6_addresses_are_ordered_by_their_first_half_then_by_their_second()
    {
        _chain.SetRoute("fd00:30::/32", RouteKind.LocalWorkload, _chain.Node.B.Slot);
        foreach (var other in new[] { "fd00:30::a", "fd00:10::1:0:0:a", "fd00:10:0:1::a" })
        {
            _chain.SetAddress(other, RouteKind.LocalWorkload, _chain.Node.B.Slot);
            Assert.True(_chain.FromA(PacketBuilder.Udp(_chain.Node.A.IPv6, other, 5, 6)).IsRedirected);
            Assert.True(_chain.FromB(PacketBuilder.Udp(other, _chain.Node.A.IPv6, 6, 5)).IsRedirected);
        }

        Assert.Equal(3, _chain.Flows.All.Count);
        Assert.All(_chain.Flows.All, flow => Assert.Equal(FlowState.UdpAnswered, flow.State));
    }

    [Theory, BothFamilies]
    public void Flows_differ_by_protocol_and_by_port(bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));

        _chain.FromA(PacketBuilder.Udp(a, b, 1, 2));
        _chain.FromA(PacketBuilder.Udp(a, b, 1, 3));
        _chain.FromA(PacketBuilder.Udp(a, b, 2, 1));
        _chain.FromA(PacketBuilder.Tcp(a, b, 1, 2, TcpFlags.Syn));
        _chain.FromA(PacketBuilder.Sctp(a, b, 1, 2));

        Assert.Equal(5, _chain.Flows.All.Count);
    }
}
