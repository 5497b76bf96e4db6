using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class EgressTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private const uint Foreign = 0x4000;
    private readonly ChainHarness _chain = spine.Fresh();

    private uint Judged => _chain.Settings.MarkSeen | _chain.Settings.MarkJudged;

    [Theory, BothFamilies]
    public void What_a_chain_has_judged_passes_at_once_and_enters_a_workload_without_our_mark(bool v6)
    {
        var sent = _chain.Send(Hooks.WorkloadEgress, _chain.Node.B, _chain.Udp(v6), mark: Judged | Foreign);

        Assert.True(sent.Continues);
        Assert.Equal(Foreign, sent.Mark);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void What_a_chain_has_judged_leaves_by_an_uplink_with_its_mark(bool v6)
    {
        var sent = _chain.Send(Hooks.HostEgress, _chain.Node.Uplink, _chain.Udp(v6), mark: Judged | Foreign);

        Assert.True(sent.Continues);
        Assert.Equal(Judged | Foreign, sent.Mark);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void The_hosts_own_traffic_to_a_workload_makes_a_flow_of_the_stack_and_the_reply_goes_there(bool v6)
    {
        var (node, a) = (_chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6));

        var sent = _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, PacketBuilder.Udp(node, a, 5, 6), mark: Foreign);
        Assert.True(sent.Continues);
        Assert.Equal(Foreign, sent.Mark);
        Assert.True(_chain.Flows.Only.Flags.HasFlag(FlowFlags.FromStack));

        var reply = _chain.FromA(PacketBuilder.Udp(a, node, 6, 5));
        Assert.True(reply.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, reply.Mark);
        Assert.Equal((FlowState.UdpAnswered, ForwardingWay.Stack), (_chain.Flows.Only.State, (ForwardingWay)_chain.Flows.Only.FromResponder.Way));
    }

    [Theory, BothFamilies]
    public void What_the_stack_forwarded_after_a_foreign_translation_has_its_replies_taken_back_by_the_stack(bool v6)
    {
        // hostPort: the client's packet comes to the node's address, and leaves to the workload under the workload's.
        var (client, node, a) = (v6 ? "2001:db8::1" : "8.8.8.8", _chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6));
        Assert.True(_chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Tcp(client, node, 50_000, 8080, TcpFlags.Syn)).Continues);
        Assert.True(_chain.Send(Hooks.WorkloadEgress, _chain.Node.A, PacketBuilder.Tcp(client, a, 50_000, 80, TcpFlags.Syn), mark: _chain.Settings.MarkSeen).Continues);

        var reply = _chain.FromA(PacketBuilder.Tcp(a, client, 80, 50_000, TcpFlags.SynAck));
        Assert.True(reply.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, reply.Mark);
        Assert.True(_chain.Send(Hooks.HostEgress, _chain.Node.Uplink, PacketBuilder.Tcp(node, client, 8080, 50_000, TcpFlags.SynAck), mark: reply.Mark).Continues);

        Assert.Equal([FlowState.SynReceived, FlowState.SynReceived], _chain.Flows.All.Select(flow => flow.State));
    }

    [Theory, BothFamilies]
    public void What_the_stack_sends_to_a_workload_loses_our_mark_there(bool v6)
    {
        var packet = PacketBuilder.Udp(_chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6), 5, 6);
        for (var round = 0; round < 2; round++)
        {
            var sent = _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, packet, mark: _chain.Settings.MarkSeen | Foreign);
            Assert.True(sent.Continues);
            Assert.Equal(Foreign, sent.Mark);
        }
    }

    [Theory, BothFamilies]
    public void A_workloads_connection_to_its_node_is_one_flow_seen_at_two_hooks(bool v6)
    {
        var (a, node) = (_chain.Node.A.Address(v6), _chain.Node.Uplink.Address(v6));

        Assert.True(_chain.FromA(PacketBuilder.Tcp(a, node, 50_000, 22, TcpFlags.Syn)).Continues);
        Assert.True(_chain.Send(Hooks.WorkloadEgress, _chain.Node.A, PacketBuilder.Tcp(node, a, 22, 50_000, TcpFlags.SynAck)).Continues);
        Assert.True(_chain.FromA(PacketBuilder.Tcp(a, node, 50_000, 22, TcpFlags.Ack)).Continues);

        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.Established, false), (flow.State, flow.Pending));
        Assert.False(flow.Flags.HasFlag(FlowFlags.FromStack));
    }

    [Theory, BothFamilies]
    public void The_hosts_connection_to_the_world_is_one_flow_seen_at_two_hooks(bool v6)
    {
        var (node, far) = (_chain.Node.Uplink.Address(v6), v6 ? "2001:db8::1" : "8.8.8.8");

        Assert.True(_chain.Send(Hooks.HostEgress, _chain.Node.Uplink, PacketBuilder.Tcp(node, far, 50_000, 443, TcpFlags.Syn)).Continues);
        Assert.True(_chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Tcp(far, node, 443, 50_000, TcpFlags.SynAck)).Continues);
        Assert.True(_chain.Send(Hooks.HostEgress, _chain.Node.Uplink, PacketBuilder.Tcp(node, far, 50_000, 443, TcpFlags.Ack)).Continues);

        Assert.Equal((FlowState.Established, false), (_chain.Flows.Only.State, _chain.Flows.Only.Pending));
    }

    [Theory, BothFamilies]
    public void A_packet_that_the_node_routes_from_uplink_to_uplink_is_judged_and_counted_once(bool v6)
    {
        var (from, to) = v6 ? ("2001:db8::1", "fd00:113::7") : ("8.8.8.8", "203.0.113.7");
        for (var round = 0; round < 3; round++)
        {
            var came = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Tcp(from, to, 1, 2, TcpFlags.Syn));
            Assert.True(came.Continues);
            var stamp = _chain.Flows.Only.FromInitiator.Stamp;
            Assert.True(_chain.Send(Hooks.HostEgress, _chain.Node.Uplink2, PacketBuilder.Tcp(from, to, 1, 2, TcpFlags.Syn), mark: came.Mark).Continues);
            Assert.Equal(stamp, _chain.Flows.Only.FromInitiator.Stamp);
        }

        Assert.Equal(3UL, _chain.Flows.Only.FromInitiator.Packets);
        Assert.False(_chain.Flows.Only.Flags.HasFlag(FlowFlags.FromStack));
    }
}
