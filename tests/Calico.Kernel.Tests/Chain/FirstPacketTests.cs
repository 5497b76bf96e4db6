using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class FirstPacketTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void The_first_packet_between_two_workloads_makes_an_unanswered_flow_with_its_way(bool v6)
    {
        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, _chain.Syn(v6));

        Assert.Equal((Verdicts.Redirect, null), (sent.Verdict, sent.DropReason));
        var flow = _chain.Flows.Only;
        Assert.True(flow.Pending);
        Assert.Equal(FlowState.SynSent, flow.State);
        Assert.Equal((byte)ForwardingWay.Peer, flow.FromInitiator.Way);
        Assert.Equal(_chain.Node.B.Slot, flow.FromInitiator.Output);
        Assert.Equal(1UL, flow.FromInitiator.Packets);
        Assert.Equal(0u, flow.FromResponder.Stamp);
    }
}
