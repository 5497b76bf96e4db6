using Calico.Harness.Chains;
using Calico.Harness.Packets;

namespace Calico.Kernel.Tests.Chain;

public sealed class ParseTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private const int Ethernet = PacketBuilder.EthernetLength;
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(40)]
    public void IPv4_options_are_skipped(int bytes)
    {
        var packet = _chain.Syn(v6: false) with { Options = [.. Enumerable.Repeat((byte)1, bytes)] };

        Assert.True(_chain.FromA(packet).IsRedirected);
        Assert.Equal((Traffic.Client, Traffic.Server), Ports());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Up_to_eight_extension_headers_are_skipped(int count)
    {
        var packet = _chain.Syn(v6: true) with { Extensions = Extensions(count) };

        Assert.True(_chain.FromA(packet).IsRedirected);
        Assert.Equal((Traffic.Client, Traffic.Server), Ports());
    }

    [Fact]
    public void Nine_extension_headers_are_too_many()
    {
        var sent = _chain.FromA(_chain.Syn(v6: true) with { Extensions = Extensions(9) });

        Assert.Equal("TOO_MANY_HEADERS", sent.DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Fact]
    public void A_long_extension_header_is_skipped_by_its_length()
    {
        var packet = _chain.Syn(v6: true) with { Extensions = [IPv6Extension.DestinationOptions(5), IPv6Extension.DestinationOptions(17)] };

        Assert.True(_chain.FromA(packet).IsRedirected);
    }

    [Fact]
    public void Hop_by_hop_options_come_first_or_not_at_all()
    {
        Assert.True(_chain.FromA(_chain.Syn(v6: true) with { Extensions = [IPv6Extension.HopByHop()] }).IsRedirected);
        Assert.Equal("MALFORMED", _chain.FromA(
            _chain.Syn(v6: true) with { Extensions = [IPv6Extension.DestinationOptions(), IPv6Extension.HopByHop()] }).DropReason);
    }

    [Fact]
    public void A_routing_header_of_type_0_with_segments_left_is_refused()
    {
        Assert.Equal("MALFORMED", _chain.FromA(_chain.Syn(v6: true) with { Extensions = [IPv6Extension.Routing(0, 1)] }).DropReason);
        Assert.True(_chain.FromA(_chain.Syn(v6: true) with { Extensions = [IPv6Extension.Routing(0, 0)] }).IsRedirected);
        Assert.True(_chain.FromA(_chain.Syn(v6: true) with { Extensions = [IPv6Extension.Routing(4, 1)] }).IsRedirected);
    }

    [Theory, BothFamilies]
    public void The_first_fragment_passes_and_the_later_ones_are_dropped(bool v6)
    {
        var datagram = _chain.Udp(v6);
        // The UDP length is the whole datagram's, longer than the first fragment.
        var first = Fragment(datagram, 0, more: true);
        first = first.Patched(first.TransportOffset + 4, 0x10, 0x00);

        Assert.True(_chain.FromA(first).IsRedirected);
        Assert.Equal("FRAGMENT", _chain.FromA(Fragment(datagram, 8, more: true)).DropReason);
        Assert.Equal("FRAGMENT", _chain.FromA(Fragment(datagram, 1400, more: false)).DropReason);
        Assert.Single(_chain.Flows.All);
    }

    [Fact]
    public void An_IPv6_fragment_that_is_the_whole_packet_passes()
    {
        Assert.True(_chain.FromA(Fragment(_chain.Udp(v6: true), 0, more: false)).IsRedirected);
    }

    [Theory, BothFamilies]
    public void Padding_behind_the_packet_does_not_count(bool v6)
    {
        Assert.True(_chain.FromA(_chain.Udp(v6).Padded(20)).IsRedirected);
        Assert.Equal((ulong)_chain.Udp(v6).BuildIp().Length, _chain.Flows.Only.FromInitiator.Bytes);
    }

    public static TheoryData<string> Malformations => new(Malformed.All.Keys);

    [Theory]
    [MemberData(nameof(Malformations))]
    public void A_malformed_packet_is_dropped_and_changes_no_state(string how)
    {
        var sent = _chain.FromA(Malformed.All[how](_chain));

        Assert.Equal((Verdicts.Drop, "MALFORMED"), (sent.Verdict, sent.DropReason));
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_malformed_packet_does_not_disturb_the_flow_that_it_names(bool v6)
    {
        _chain.Connect(v6);
        var before = _chain.Flows.Only.Value;
        var reset = _chain.Tcp(v6, TcpFlags.RstAck);

        var sent = _chain.FromA(reset.Patched(reset.TransportOffset + 12, 0x40));

        Assert.Equal("MALFORMED", sent.DropReason);
        Assert.Equal(before, _chain.Flows.Only.Value);
    }

    private (int Client, int Server) Ports()
    {
        var flow = _chain.Flows.Only;
        return (Math.Max(flow.Low.Port, flow.High.Port), Math.Min(flow.Low.Port, flow.High.Port));
    }

    private static IPv6Extension[] Extensions(int count) =>
        [IPv6Extension.HopByHop(), .. Enumerable.Repeat(IPv6Extension.DestinationOptions(), count - 1)];

    private static PacketBuilder Fragment(PacketBuilder packet, int offset, bool more) => packet.IsV6
        ? packet with { Extensions = [IPv6Extension.Fragment(offset, more)] }
        : packet with { FragmentOffset = offset, MoreFragments = more, DontFragment = false };
}
