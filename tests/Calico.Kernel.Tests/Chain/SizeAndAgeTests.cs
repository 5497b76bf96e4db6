using Calico.Harness.Chains;
using Calico.Harness.Packets;

namespace Calico.Kernel.Tests.Chain;

/// <summary>What is too old or too big goes to the stack, which can say so; judged already.</summary>
public sealed class SizeAndAgeTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void A_packet_on_its_last_hop_goes_to_the_stack_unchanged(bool v6)
    {
        var packet = _chain.Udp(v6) with { HopLimit = 1 };

        var sent = _chain.FromA(packet);

        AssertToStack(sent);
        Assert.Equal(1, sent.Packet[PacketBuilder.EthernetLength + (v6 ? 7 : 8)]);
    }

    [Theory, BothFamilies]
    public void A_packet_on_its_last_hop_goes_to_the_stack_in_an_established_flow_too(bool v6)
    {
        _chain.Connect(v6);

        AssertToStack(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack) with { HopLimit = 1 }));
        AssertToStack(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack) with { HopLimit = 0 }));
    }

    [Theory, BothFamilies]
    public void A_packet_of_exactly_the_MTU_passes_and_one_byte_more_goes_to_the_stack(bool v6)
    {
        _chain.SetInterface(_chain.Node.B, entry => entry with { Mtu = 1400 });
        var overhead = (v6 ? 40 : 20) + 8;

        Assert.True(_chain.FromA(Datagram(v6, 1400 - overhead)).IsRedirected);
        AssertToStack(_chain.FromA(Datagram(v6, 1401 - overhead)));
    }

    [Theory, BothFamilies]
    public void Of_a_packet_to_be_segmented_the_segments_size_counts(bool v6)
    {
        _chain.Connect(v6);
        var header = (v6 ? 40 : 20) + 32;
        var packet = _chain.Tcp(v6, TcpFlags.Ack) with
        {
            Transport = new TcpSegment(Traffic.Client, Traffic.Server, TcpFlags.Ack) { Options = new byte[12], Payload = new byte[3000] },
        };

        Assert.True(_chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, packet, gsoSize: (uint)(1500 - header), gsoSegments: 3).IsRedirected);
        AssertToStack(_chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, packet, gsoSize: (uint)(1501 - header), gsoSegments: 3));
        AssertToStack(_chain.FromA(packet));
    }

    [Theory, BothFamilies]
    public void Of_a_datagram_to_be_segmented_the_segments_size_counts(bool v6)
    {
        var header = (v6 ? 40 : 20) + 8;

        Assert.True(_chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, Datagram(v6, 3000), gsoSize: (uint)(1500 - header), gsoSegments: 3).IsRedirected);
        AssertToStack(_chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, Datagram(v6, 3000), gsoSize: (uint)(1501 - header), gsoSegments: 3));
    }

    [Theory, BothFamilies]
    public void A_packet_to_be_segmented_counts_as_its_segments(bool v6)
    {
        var packet = Datagram(v6, 3000);

        _chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, packet, gsoSize: 1000, gsoSegments: 3);
        _chain.Send(Sdk.Hooks.WorkloadIngress, _chain.Node.A, packet, gsoSize: 1000, gsoSegments: 3);

        Assert.Equal(6UL, _chain.Flows.Only.FromInitiator.Packets);
        Assert.Equal(2 * (ulong)packet.BuildIp().Length, _chain.Flows.Only.FromInitiator.Bytes);
    }

    private PacketBuilder Datagram(bool v6, int payload) =>
        _chain.Udp(v6) with { Transport = new UdpDatagram(Traffic.Client, Traffic.Server) { Payload = new byte[payload] } };

    private void AssertToStack(SentPacket sent)
    {
        Assert.True(sent.Continues);
        Assert.Equal(_chain.Settings.MarkSeen | _chain.Settings.MarkJudged, sent.Mark);
    }
}
