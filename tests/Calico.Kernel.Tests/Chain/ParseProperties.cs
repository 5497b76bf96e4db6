using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;
using CsCheck;

namespace Calico.Kernel.Tests.Chain;

/// <summary>Packets with random faults: the chain reads them as a plain reader of the RFCs does.</summary>
public sealed class ParseProperties(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private const int Faulty = 400;
    private static readonly string[] Refusals = ["MALFORMED", "FRAGMENT", "TOO_MANY_HEADERS"];
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void A_packet_is_refused_exactly_where_the_RFCs_refuse_it_and_else_tracked_by_what_it_says(bool v6)
    {
        var originals = Originals(v6);
        var addresses = v6 ? (22, 54) : (26, 34);
        var fault = Gen.Select(Gen.Int[PacketBuilder.EthernetLength, 140], Gen.Byte, (at, value) => (at, value))
            .Where(one => one.at < addresses.Item1 || one.at >= addresses.Item2);

        Gen.Select(Gen.Int[0, originals.Count - 1], fault.Array[0, 3], Gen.Int[0, 60], (which, faults, cut) => (which, faults, cut)).Sample(
            sample =>
            {
                var frame = originals[sample.which].Build();
                foreach (var (at, value) in sample.faults.Where(one => one.at < frame.Length))
                {
                    frame[at] = value;
                }

                // Test runs refuse what ends within the IP header.
                frame = frame[..Math.Max(frame.Length - Math.Max(sample.cut - 30, 0), PacketBuilder.EthernetLength + (v6 ? 40 : 20))];
                Check(frame);
            },
            iter: Faulty, threads: 1);
    }

    private void Check(byte[] frame)
    {
        _chain.Flows.Clear();
        var expected = ReferenceParser.Read(frame);

        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, frame);

        if (expected.Refusal is { } refusal)
        {
            Assert.Equal((Verdicts.Drop, refusal), (sent.Verdict, sent.DropReason));
            Assert.Empty(_chain.Flows.All);
            return;
        }

        Assert.DoesNotContain(sent.DropReason, Refusals);
        foreach (var flow in _chain.Flows.All)
        {
            Assert.Equal(expected.Protocol, flow.Protocol);
            int[] ports = [expected.SourcePort, expected.DestinationPort];
            Assert.Equal(ports.Order(), new[] { flow.Low.Port, flow.High.Port }.Order());
        }
    }

    private List<PacketBuilder> Originals(bool v6)
    {
        var (a, b) = (_chain.Node.A, _chain.Node.B);
        List<PacketBuilder> packets =
        [
            _chain.Syn(v6),
            _chain.Udp(v6),
            PacketBuilder.Echo(a.Address(v6), b.Address(v6), 77),
            PacketBuilder.Sctp(a.Address(v6), b.Address(v6), 5, 6),
            PacketBuilder.PortUnreachable(a.Address(v6), _chain.Udp(v6, reply: true)),
            new(a.Address(v6), b.Address(v6), new TcpSegment(1, 2, TcpFlags.Syn) { Options = [2, 4, 5, 180], Payload = new byte[30] }),
        ];
        if (v6)
        {
            packets.Add(_chain.Syn(v6) with { Extensions = [IPv6Extension.HopByHop(), IPv6Extension.Routing(4, 1), IPv6Extension.DestinationOptions(2)] });
            packets.Add(_chain.Udp(v6) with { Extensions = [IPv6Extension.Fragment(0, more: true)] });
            packets.Add(_chain.Udp(v6) with { Extensions = [.. Enumerable.Repeat(IPv6Extension.DestinationOptions(), 8)] });
        }
        else
        {
            packets.Add(_chain.Syn(v6) with { Options = new byte[12] });
            packets.Add(_chain.Udp(v6) with { MoreFragments = true, DontFragment = false });
        }

        return [.. packets.Select(packet => packet with { EthernetSource = a.PeerMac, EthernetDestination = a.HostMac })];
    }
}
