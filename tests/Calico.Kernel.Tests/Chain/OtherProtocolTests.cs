using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class OtherProtocolTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void UDP_is_unanswered_until_the_other_end_speaks(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        _chain.FromA(_chain.Udp(v6));
        Assert.Equal((FlowState.UdpUnanswered, true), (_chain.Flows.Only.State, _chain.Flows.Only.Pending));

        Assert.True(_chain.FromB(_chain.Udp(v6, reply: true)).IsRedirected);

        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.UdpAnswered, false), (flow.State, flow.Pending));
        Assert.Equal((2UL, 1UL), (flow.FromInitiator.Packets, flow.FromResponder.Packets));
    }

    [Theory, BothFamilies]
    public void An_echo_and_its_reply_are_one_flow_and_another_identifier_is_another(bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));

        Assert.True(_chain.FromA(PacketBuilder.Echo(a, b, 0x1234)).IsRedirected);
        Assert.True(_chain.FromB(PacketBuilder.Echo(b, a, 0x1234, reply: true)).IsRedirected);

        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.Icmp, false), (flow.State, flow.Pending));
        Assert.Equal((0x1234, 0x1234), (flow.Low.Port, flow.High.Port));
        _chain.FromA(PacketBuilder.Echo(a, b, 0x1235));
        Assert.Equal(2, _chain.Flows.All.Count);
    }

    [Theory, BothFamilies]
    public void SCTP_is_tracked_by_its_ports(bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));

        Assert.True(_chain.FromA(PacketBuilder.Sctp(a, b, 5000, 3868)).IsRedirected);
        Assert.True(_chain.FromB(PacketBuilder.Sctp(b, a, 3868, 5000)).IsRedirected);

        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.Other, false, (byte)132), (flow.State, flow.Pending, flow.Protocol));
        Assert.Equal((5000, 3868), (flow.Low.Port, flow.High.Port));
    }

    [Theory]
    [InlineData(47, false)]
    [InlineData(50, false)]
    [InlineData(4, false)]
    [InlineData(47, true)]
    [InlineData(50, true)]
    [InlineData(59, true)]
    public void Every_other_protocol_is_a_flow_between_two_addresses(byte protocol, bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));
        RawTransport body = new(protocol, new byte[16]);

        Assert.True(_chain.FromA(new PacketBuilder(a, b, body)).IsRedirected);
        Assert.True(_chain.FromB(new PacketBuilder(b, a, body)).IsRedirected);

        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.Other, protocol, 0, 0), (flow.State, flow.Protocol, flow.Low.Port, flow.High.Port));
    }

    [Theory, BothFamilies]
    public void UDP_Lite_is_tracked_by_its_ports_whatever_its_coverage(bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));
        RawTransport body = new(136, [0, 7, 0, 9, 0, 8, 0, 0, 1, 2, 3, 4]);

        Assert.True(_chain.FromA(new PacketBuilder(a, b, body)).IsRedirected);

        Assert.Equal((FlowState.UdpUnanswered, 7), (_chain.Flows.Only.State, _chain.Flows.Only.Low.Port));
    }
}
