using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;
using Calico.Sdk.Net;

namespace Calico.Kernel.Tests.Chain;

/// <summary>
/// A NewFlow stage asks for a translation: workload A speaks to a service address, port 8080, and is sent to workload B,
/// port 80. (No stage rewrites the packets here: what the flow table does with the pair is seen, not the NAT.)
/// </summary>
public sealed class PairTests(PairTests.Harness harness) : IClassFixture<PairTests.Harness>
{
    private const uint Runs = 0, DestinationPort = 1, Deny = 2, DropInline = 3, SourcePort = 4, Untranslated = 5;
    private const ushort ServicePort = 8080;
    private readonly ChainHarness _chain = harness.Fresh();

    [Theory, BothFamilies]
    public void A_translated_flow_is_two_linked_entries(bool v6)
    {
        var sent = Initiator(v6, TcpFlags.Syn);

        Assert.True(sent.IsRedirected);
        Assert.Equal(2, _chain.Flows.All.Count);
        Assert.All(_chain.Flows.All, flow => Assert.True(flow.Pending));
        var (first, half) = (First(), Half());
        Assert.Equal(FlowFlags.Translated, first.Flags & (FlowFlags.Translated | FlowFlags.ReplyHalf));
        Assert.Equal(FlowState.SynSent, half.State);
        Assert.Equal((_chain.Node.B.Slot, ForwardingWay.Peer), (first.FromInitiator.Output, (ForwardingWay)first.FromInitiator.Way));
        Assert.Equal((_chain.Node.A.Address(v6), _chain.Node.B.Address(v6), Traffic.Client, Traffic.Server), Rewrite(first));
        Assert.Equal((Service(v6), _chain.Node.A.Address(v6), ServicePort, Traffic.Client), Rewrite(half));
    }

    [Theory, BothFamilies]
    public void They_are_promoted_together_and_share_their_state(bool v6)
    {
        Connect(v6);

        Assert.Equal(2, _chain.Flows.All.Count);
        Assert.All(_chain.Flows.All, flow => Assert.Equal((FlowState.Established, false), (flow.State, flow.Pending)));
        Assert.Equal(_chain.Node.A.Slot, Half().FromResponder.Output);
        Assert.Equal((2UL, 1UL), (First().FromInitiator.Packets, Half().FromResponder.Packets));
        Assert.Equal(1UL, _chain.Cell(Runs));
    }

    [Theory, BothFamilies]
    public void UDP_halves_are_answered_together(bool v6)
    {
        _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), Service(v6), Traffic.Client, ServicePort));
        _chain.FromB(_chain.Udp(v6, reply: true));

        Assert.Equal(2, _chain.Flows.All.Count);
        Assert.All(_chain.Flows.All, flow => Assert.Equal((FlowState.UdpAnswered, false), (flow.State, flow.Pending)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Where_one_half_is_gone_the_other_is_a_miss_within_a_second(bool v6, bool firstGoes)
    {
        Connect(v6);
        _chain.Flows.Delete(firstGoes ? First() : Half());
        _chain.Flows.AgeAll(TimeSpan.FromSeconds(1.1));

        var sent = firstGoes ? Reply(v6, TcpFlags.Ack) : Initiator(v6, TcpFlags.Ack);

        Assert.Equal("TCP_WITHOUT_FLOW", sent.DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_half_whose_partners_place_another_flow_has_taken_is_a_miss(bool v6)
    {
        Connect(v6);
        _chain.Flows.Delete(Half());
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Syn, reply: true));
        _chain.Flows.AgeAll(TimeSpan.FromSeconds(1.1));

        Assert.Equal("TCP_WITHOUT_FLOW", Initiator(v6, TcpFlags.Ack).DropReason);
        Assert.Equal(FlowState.SynSent, _chain.Flows.Only.State);
    }

    [Theory, BothFamilies]
    public void A_half_that_is_used_keeps_the_other_young(bool v6)
    {
        Connect(v6);
        for (var i = 0; i < 3; i++)
        {
            _chain.Flows.AgeAll(TimeSpan.FromMinutes(50));
            Assert.True(Initiator(v6, TcpFlags.Ack).IsRedirected);
        }

        Assert.True(Reply(v6, TcpFlags.Ack).IsRedirected);
    }

    [Theory, BothFamilies]
    public void A_new_connection_over_a_closed_one_begins_a_new_pair_and_leaves_no_half_of_the_old(bool v6)
    {
        Connect(v6);
        Initiator(v6, TcpFlags.FinAck);
        Reply(v6, TcpFlags.FinAck);
        Assert.All(_chain.Flows.All, flow => Assert.Equal(FlowState.Closing, flow.State));

        Assert.True(Initiator(v6, TcpFlags.Syn).IsRedirected);

        Assert.Equal(2, _chain.Flows.All.Count);
        Assert.All(_chain.Flows.All, flow => Assert.Equal((FlowState.SynSent, true), (flow.State, flow.Pending)));
    }

    [Theory, BothFamilies]
    public void A_repeated_SYN_keeps_the_chosen_destination(bool v6)
    {
        Initiator(v6, TcpFlags.Syn);
        var before = Rewrite(First());

        Assert.True(Initiator(v6, TcpFlags.Syn).IsRedirected);

        Assert.Equal(2UL, _chain.Cell(Runs));
        Assert.Equal(before, Rewrite(First()));
        Assert.Equal(2, _chain.Flows.All.Count);
    }

    [Theory, BothFamilies]
    public void A_reply_that_has_the_flow_decided_again_has_what_the_initiator_sent_decided_about(bool v6)
    {
        Connect(v6);
        _chain.Restamp(_chain.Node.A);
        _chain.SetCell(DestinationPort, 0);

        Assert.True(Reply(v6, TcpFlags.Ack).IsRedirected);

        Assert.Equal(2UL, _chain.Cell(Runs));
        Assert.Equal(((ulong)Traffic.Client, (ulong)ServicePort), (_chain.Cell(SourcePort), _chain.Cell(DestinationPort)));
    }

    [Theory, BothFamilies]
    public void Where_it_is_refused_then_both_halves_go(bool v6)
    {
        Connect(v6);
        _chain.Restamp(_chain.Node.A);
        _chain.SetCell(Deny, 1);

        Assert.Equal("DENIED", Reply(v6, TcpFlags.Ack).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_first_packet_that_an_inline_stage_refuses_leaves_no_half(bool v6)
    {
        _chain.SetCell(DropInline, 1);

        Assert.Equal("DENIED", Initiator(v6, TcpFlags.Syn).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_flow_that_began_untranslated_stays_so(bool v6)
    {
        _chain.SetCell(Untranslated, 1);
        Initiator(v6, TcpFlags.Syn);
        _chain.SetCell(Untranslated, 0);
        _chain.Restamp(_chain.Node.A);

        Assert.True(Initiator(v6, TcpFlags.Syn).IsRedirected);

        Assert.Equal(2UL, _chain.Cell(Runs));
        Assert.Equal((FlowFlags.None, ForwardingWay.Neigh), (_chain.Flows.Only.Flags & FlowFlags.Translated, (ForwardingWay)_chain.Flows.Only.FromInitiator.Way));
    }

    [Theory, BothFamilies]
    public void An_error_about_either_half_goes_to_the_end_that_it_is_for(bool v6)
    {
        Connect(v6);
        var (a, b) = (_chain.Node.A, _chain.Node.B);
        var request = PacketBuilder.Tcp(a.Address(v6), Service(v6), Traffic.Client, ServicePort, TcpFlags.Ack);
        var answer = PacketBuilder.Tcp(Service(v6), a.Address(v6), ServicePort, Traffic.Client, TcpFlags.Ack);

        // About what A sent, as A sent it and as B got it; about what B sent, as B sent it and as A got it.
        Assert.Equal(a.PeerMac, To(_chain.FromB(PacketBuilder.TooBig(b.Address(v6), request, 1300))));
        Assert.Equal(a.PeerMac, To(_chain.FromB(PacketBuilder.TooBig(b.Address(v6), _chain.Tcp(v6, TcpFlags.Ack), 1300))));
        Assert.Equal(b.PeerMac, To(_chain.FromA(PacketBuilder.TooBig(a.Address(v6), _chain.Tcp(v6, TcpFlags.Ack, reply: true), 1300))));
        Assert.Equal(b.PeerMac, To(_chain.FromA(PacketBuilder.TooBig(a.Address(v6), answer, 1300))));
        Assert.Equal(2, _chain.Flows.All.Count);
    }

    private static MacAddress To(SentPacket sent)
    {
        Assert.True(sent.IsRedirected);
        return new MacAddress(sent.Packet.AsSpan(0, 6));
    }

    private static string Service(bool v6) => v6 ? "fd00:96::1" : "10.96.0.1";

    private SentPacket Initiator(bool v6, TcpFlags flags) =>
        _chain.FromA(PacketBuilder.Tcp(_chain.Node.A.Address(v6), Service(v6), Traffic.Client, ServicePort, flags));

    private SentPacket Reply(bool v6, TcpFlags flags) => _chain.FromB(_chain.Tcp(v6, flags, reply: true));

    private void Connect(bool v6)
    {
        Assert.True(Initiator(v6, TcpFlags.Syn).IsRedirected);
        Assert.True(Reply(v6, TcpFlags.SynAck).IsRedirected);
        Assert.True(Initiator(v6, TcpFlags.Ack).IsRedirected);
    }

    private HarnessFlow First() => _chain.Flows.All.Single(flow => !flow.Flags.HasFlag(FlowFlags.ReplyHalf));

    private HarnessFlow Half() => _chain.Flows.All.Single(flow => flow.Flags.HasFlag(FlowFlags.ReplyHalf));

    private static (string Source, string Destination, ushort SourcePort, ushort DestinationPort) Rewrite(HarnessFlow flow)
    {
        var rewrite = flow.Entry.Rewrite;
        return (Text(rewrite.Source, flow.IsV6), Text(rewrite.Destination, flow.IsV6),
            (ushort)IPAddress.NetworkToHostOrder((short)rewrite.SourcePort), (ushort)IPAddress.NetworkToHostOrder((short)rewrite.DestinationPort));
    }

    private static string Text(AddressWords words, bool v6)
    {
        Span<uint> span = words;
        return new IPAddress(MemoryMarshal.AsBytes(span)[..(v6 ? 16 : 4)]).ToString();
    }

    public sealed class Harness : IDisposable
    {
        private readonly ChainHarness _harness = new(new ChainHarnessOptions
        {
            Hooks = Hooks.WorkloadIngress,
            Plugins =
            [
                Probe.Plugin(
                    (Probe.Stage("translate", StagePhase.NewFlow), $$"""
                    	struct flow_rewrite to = {};

                    	CELL({{Runs}})++;
                    	CELL({{SourcePort}}) = bpf_ntohs(pkt->original.sport);
                    	CELL({{DestinationPort}}) = bpf_ntohs(pkt->original.dport);
                    	if (CELL({{Deny}}))
                    		return stage_drop(pkt, DROP_DENIED);
                    	if (pkt->original.dport != bpf_htons({{ServicePort}}) || CELL({{Untranslated}}))
                    		return stage_next(pkt);
                    	address_copy(to.source, pkt->original.src);
                    	address_copy(to.destination, pkt->original.dst);
                    #if FAMILY == 4
                    	to.destination[0] = bpf_htonl(0x0a00000b);
                    #else
                    	to.destination[0] = bpf_htonl(0xfd000010);
                    	to.destination[1] = to.destination[2] = 0;
                    	to.destination[3] = bpf_htonl(11);
                    #endif
                    	to.source_port = pkt->original.sport;
                    	to.destination_port = bpf_htons(80);
                    	flow_translate(pkt, &to);
                    	return stage_next(pkt);
                    """),
                    (Probe.Stage("late", StagePhase.PostFlow).Inline(), $"""
                    	if (CELL({DropInline}))
                    		return stage_drop(pkt, DROP_DENIED);
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
