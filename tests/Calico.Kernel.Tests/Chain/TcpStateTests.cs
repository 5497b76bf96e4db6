using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class TcpStateTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void A_connection_is_established_by_three_segments_and_only_then_leaves_the_unanswered(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));
        AssertState(FlowState.SynSent, pending: true);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.SynAck, reply: true));
        AssertState(FlowState.SynReceived, pending: true);
        _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack));
        AssertState(FlowState.Established, pending: false);
    }

    [Theory, BothFamilies]
    public void One_FIN_leaves_it_established_and_the_other_closes_it(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromA(_chain.Tcp(v6, TcpFlags.FinAck));
        AssertState(FlowState.Established, pending: false);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Ack, reply: true));
        AssertState(FlowState.Established, pending: false);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.FinAck, reply: true));
        AssertState(FlowState.Closing, pending: false);
        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
        AssertState(FlowState.Closing, pending: false);
    }

    [Theory, BothFamilies]
    public void A_RST_is_remembered_and_passes(bool v6)
    {
        _chain.Connect(v6);

        Assert.True(_chain.FromB(_chain.Tcp(v6, TcpFlags.Rst, reply: true)).IsRedirected);
        AssertState(FlowState.Reset, pending: false);
        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
        AssertState(FlowState.Reset, pending: false);
    }

    [Theory, BothFamilies]
    public void Traffic_more_than_two_minutes_after_a_RST_shows_that_it_was_not_the_end(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Rst, reply: true));
        RstWas(TimeSpan.FromSeconds(119));
        _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack));
        AssertState(FlowState.Reset, pending: false);

        RstWas(TimeSpan.FromSeconds(5));
        _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack));

        AssertState(FlowState.Established, pending: false);
    }

    [Theory, BothFamilies]
    public void A_refused_connection_is_reset_and_stays_among_the_unanswered(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));
        _chain.FromB(_chain.Tcp(v6, TcpFlags.RstAck, reply: true));

        AssertState(FlowState.Reset, pending: true);
    }

    [Theory, BothFamilies]
    public void A_SYN_on_a_closed_connection_begins_another(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromA(_chain.Tcp(v6, TcpFlags.FinAck));
        _chain.FromB(_chain.Tcp(v6, TcpFlags.FinAck, reply: true));

        Assert.True(_chain.FromA(_chain.Syn(v6)).IsRedirected);

        AssertState(FlowState.SynSent, pending: true);
        Assert.Equal(1UL, _chain.Flows.Only.FromInitiator.Packets);
    }

    [Theory, BothFamilies]
    public void A_SYN_from_the_other_end_on_a_reset_connection_begins_one_the_other_way(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Rst, reply: true));

        Assert.True(_chain.FromB(_chain.Tcp(v6, TcpFlags.Syn, reply: true)).IsRedirected);

        AssertState(FlowState.SynSent, pending: true);
        Assert.True(_chain.Flows.Only.Flags.HasFlag(FlowFlags.InitiatorIsHigh));
    }

    [Theory, BothFamilies]
    public void A_repeated_SYN_keeps_the_flow_and_its_counters(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));
        _chain.FromA(_chain.Syn(v6));

        AssertState(FlowState.SynSent, pending: true);
        Assert.Equal(2UL, _chain.Flows.Only.FromInitiator.Packets);
    }

    [Theory, BothFamilies]
    public void A_workloads_segment_that_opens_nothing_and_belongs_to_nothing_is_dropped(bool v6)
    {
        foreach (var flags in new[] { TcpFlags.Ack, TcpFlags.SynAck, TcpFlags.FinAck, TcpFlags.Rst, TcpFlags.None })
        {
            Assert.Equal("TCP_WITHOUT_FLOW", _chain.FromA(_chain.Tcp(v6, flags)).DropReason);
            Assert.Equal("TCP_WITHOUT_FLOW", _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, _chain.Tcp(v6, flags, reply: true)).DropReason);
        }

        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void On_the_hosts_interfaces_it_may_be_older_than_the_dataplane_and_is_left_to_the_stack(bool v6)
    {
        var (far, near) = (v6 ? "2001:db8::1" : "8.8.8.8", _chain.Node.Uplink.Address(v6));

        var came = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Tcp(far, near, 443, 50_000, TcpFlags.Ack));
        var left = _chain.Send(Hooks.HostEgress, _chain.Node.Uplink, PacketBuilder.Tcp(near, far, 50_000, 443, TcpFlags.Ack));

        Assert.True(came.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, came.Mark);
        Assert.True(left.Continues);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void Who_sends_SYN_and_ACK_and_hears_nothing_stays_among_the_unanswered(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));
        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);

        AssertState(FlowState.Established, pending: true);
    }

    private void AssertState(FlowState state, bool pending)
    {
        var flow = _chain.Flows.Only;
        Assert.Equal((state, pending), (flow.State, flow.Pending));
    }

    private void RstWas(TimeSpan ago)
    {
        var flow = _chain.Flows.Only;
        var entry = flow.Entry;
        entry.ResetAt -= (uint)(ago.TotalSeconds * _chain.Settings.TicksPerSecond);
        _chain.Flows.Write(flow, entry);
    }
}
