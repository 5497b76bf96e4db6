using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class XdpTests(XdpTests.Harness harness) : IClassFixture<XdpTests.Harness>
{
    private const uint Runs = 0, Deny = 1, Port = 2, Undecided = 3;
    private readonly ChainHarness _chain = harness.Fresh();

    [Theory, BothFamilies]
    public void A_PreFlow_stage_sees_the_parsed_packet_and_passes_it_on(bool v6)
    {
        var sent = Send(_chain.Udp(v6));

        Assert.Equal((Verdicts.XdpPass, null), (sent.Verdict, sent.DropReason));
        Assert.Equal((1UL, (ulong)Traffic.Server), (_chain.Cell(Runs), _chain.Cell(Port)));
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_PreFlow_stage_can_drop(bool v6)
    {
        _chain.SetCell(Deny, 1);

        var sent = Send(_chain.Udp(v6));

        Assert.Equal((Verdicts.XdpDrop, "DENIED"), (sent.Verdict, sent.DropReason));
    }

    [Theory, BothFamilies]
    public void A_stage_without_a_verdict_drops(bool v6)
    {
        _chain.SetCell(Deny, 1);
        Send(_chain.Udp(v6));
        _chain.SetCell(Deny, 0);
        _chain.SetCell(Undecided, 1);

        Assert.Equal("NOT_DECIDED", Send(_chain.Udp(v6)).DropReason);
    }

    [Theory, BothFamilies]
    public void A_malformed_packet_is_dropped_before_any_stage(bool v6)
    {
        Assert.Equal("MALFORMED", Send(_chain.Tcp(v6, TcpFlags.Syn | TcpFlags.Fin)).DropReason);
        Assert.Equal(0UL, _chain.Cell(Runs));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 19)]
    [InlineData(true, 0)]
    [InlineData(true, 39)]
    public void A_frame_that_ends_within_its_IP_header_is_dropped(bool v6, int bytes)
    {
        // TC's test runs refuse such frames themselves.
        Assert.Equal("MALFORMED", Send(_chain.Udp(v6).CutTo(PacketBuilder.EthernetLength + bytes)).DropReason);
    }

    [Fact]
    public void What_is_not_IP_passes()
    {
        var arp = new ArpPacket(_chain.Node.Uplink.PeerMac, "192.0.2.254", "192.0.2.1").Build();

        Assert.Equal(Verdicts.XdpPass, _chain.Send(Hooks.Xdp, _chain.Node.Uplink, arp).Verdict);
    }

    [Fact]
    public void Options_and_extension_headers_are_skipped()
    {
        Send(_chain.Udp(v6: false) with { Options = new byte[8] });
        Assert.Equal((ulong)Traffic.Server, _chain.Cell(Port));
        _chain.SetCell(Port, 0);
        Send(_chain.Udp(v6: true) with { Extensions = [IPv6Extension.HopByHop(3)] });
        Assert.Equal((ulong)Traffic.Server, _chain.Cell(Port));
    }

    private SentPacket Send(PacketBuilder packet) => _chain.Send(Hooks.Xdp, _chain.Node.Uplink, packet);

    public sealed class Harness : IDisposable
    {
        private readonly ChainHarness _harness = new(new ChainHarnessOptions
        {
            Hooks = Hooks.Xdp,
            Plugins =
            [
                Probe.Plugin((Probe.Stage("early", StagePhase.PreFlow, Hooks.Xdp), $"""
                	CELL({Runs})++;
                	CELL({Port}) = bpf_ntohs(pkt->tuple.dport);
                	if (CELL({Deny}))
                		return stage_drop(pkt, DROP_DENIED);
                	if (CELL({Undecided}))
                		return STAGE_UNDECIDED;
                	return stage_next(pkt);
                """)),
            ],
        });

        public ChainHarness Fresh()
        {
            _harness.Reset();
            _harness.ClearCells();
            return _harness;
        }

        public void Dispose() => _harness.Dispose();
    }
}
