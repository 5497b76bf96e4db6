using Calico.Core.Chain;
using Calico.Core.Compile;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>Stages of every phase and form, in one chain.</summary>
public sealed class StageTests(StageTests.Harness harness) : IClassFixture<StageTests.Harness>
{
    private const uint Pre = 0, New = 1, InlineAlways = 2, InlineDemand = 3, TailDemand = 4, TailAlways = 5;
    private const uint Subscribe = 10, DropIn = 11, Undecided = 12, SeenField = 13, SeenNote = 14, SeenPort = 15;
    private readonly ChainHarness _chain = harness.Fresh();

    [Theory, BothFamilies]
    public void Each_phase_runs_when_it_should(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        _chain.FromA(_chain.Udp(v6));
        _chain.FromB(_chain.Udp(v6, reply: true));

        Assert.Equal((3UL, 1UL, 3UL, 3UL), (_chain.Cell(Pre), _chain.Cell(New), _chain.Cell(InlineAlways), _chain.Cell(TailAlways)));
    }

    [Theory, BothFamilies]
    public void A_stage_on_demand_runs_for_the_flows_that_subscribed_from_the_first_packet_on(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        Assert.Equal((0UL, 0UL), (_chain.Cell(InlineDemand), _chain.Cell(TailDemand)));
        _chain.Flows.Clear();
        _chain.SetCell(Subscribe, 1);

        _chain.FromA(_chain.Udp(v6));
        Assert.Equal((1UL, 1UL), (_chain.Cell(InlineDemand), _chain.Cell(TailDemand)));
        _chain.FromA(_chain.Udp(v6));
        _chain.FromB(_chain.Udp(v6, reply: true));
        Assert.Equal((3UL, 3UL), (_chain.Cell(InlineDemand), _chain.Cell(TailDemand)));
    }

    [Theory, BothFamilies]
    public void A_tail_called_stage_sees_a_copy_of_the_flows_fields_and_an_inline_stage_writes_the_flows_own(bool v6)
    {
        for (var packet = 1UL; packet <= 3; packet++)
        {
            Assert.True(_chain.FromA(_chain.Udp(v6)).IsRedirected);
            // NewFlow wrote 100; the inline stage adds 1 a packet; the tail-called one writes a copy, which is lost.
            Assert.Equal(100 + packet, _chain.Cell(SeenField));
            Assert.Equal(100 + packet, BitConverter.ToUInt64(_chain.Flows.Only.Fields()));
        }
    }

    [Theory, BothFamilies]
    public void What_a_stage_notes_about_a_packet_later_stages_read_and_the_next_packet_does_not(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        Assert.Equal(1UL, _chain.Cell(SeenNote));
        _chain.FromA(_chain.Udp(v6));
        Assert.Equal(1UL, _chain.Cell(SeenNote));
        Assert.Equal((ulong)Traffic.Server, _chain.Cell(SeenPort));
    }

    [Theory]
    [InlineData(Pre)]
    [InlineData(New)]
    [InlineData(InlineAlways)]
    [InlineData(InlineDemand)]
    [InlineData(TailDemand)]
    [InlineData(TailAlways)]
    public void Every_stage_can_drop_under_its_own_reason(uint stage)
    {
        foreach (var v6 in new[] { false, true })
        {
            _chain.SetCell(Subscribe, 1);
            _chain.SetCell(DropIn, stage + 1);
            Assert.Equal((Verdicts.Drop, "DENIED"), Outcome(_chain.FromA(_chain.Udp(v6))));
        }
    }

    [Theory]
    [InlineData(Pre)]
    [InlineData(New)]
    [InlineData(InlineAlways)]
    [InlineData(InlineDemand)]
    [InlineData(TailDemand)]
    [InlineData(TailAlways)]
    public void A_stage_that_gives_no_verdict_drops(uint stage)
    {
        foreach (var v6 in new[] { false, true })
        {
            _chain.SetCell(Subscribe, 1);
            // The reason of the packet before must not be taken for this one's.
            _chain.SetCell(DropIn, stage + 1);
            _chain.FromA(_chain.Udp(v6));
            _chain.SetCell(DropIn, 0);
            _chain.SetCell(Undecided, stage + 1);
            Assert.Equal((Verdicts.Drop, "NOT_DECIDED"), Outcome(_chain.FromA(_chain.Udp(v6))));
        }
    }

    [Theory, BothFamilies]
    public void What_a_PostFlow_stage_drops_is_the_packet_and_not_the_flow_even_when_it_was_just_decided_again(bool v6)
    {
        _chain.Connect(v6);
        _chain.Restamp(_chain.Node.B);
        _chain.SetCell(DropIn, TailAlways + 1);

        Assert.Equal("DENIED", _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).DropReason);

        Assert.Equal(FlowState.Established, _chain.Flows.Only.State);
        _chain.SetCell(DropIn, 0);
        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
    }

    [Theory, BothFamilies]
    public void After_a_tail_called_stage_the_packet_is_forwarded_as_without_it(bool v6)
    {
        foreach (var way in new[] { _chain.Node.B, _chain.Node.C })
        {
            var sent = _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), way.Address(v6), 1, 2));
            Assert.True(sent.IsRedirected);
            Assert.Equal(63, sent.Packet[PacketBuilder.EthernetLength + (v6 ? 7 : 8)]);
        }

        Assert.True(_chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), v6 ? "2001:db8::1" : "8.8.8.8", 1, 2)).IsRedirected);
        Assert.True(_chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(v6), _chain.Node.Uplink.Address(v6), 1, 2)).Continues);
        Assert.True(_chain.Send(Hooks.WorkloadEgress, _chain.Node.B, PacketBuilder.Udp(_chain.Node.Uplink.Address(v6), _chain.Node.B.Address(v6), 1, 2)).Continues);
    }

    [Theory, BothFamilies]
    public void A_missed_call_is_counted_and_drops(bool v6)
    {
        var family = Family(v6);
        foreach (var missing in family.Programs.Where(program => program.Name.StartsWith("tail_always", StringComparison.Ordinal)
            || program.Role is ProgramRole.Flow or ProgramRole.Commit or ProgramRole.Parse or ProgramRole.Forward))
        {
            _chain.Flows.Clear();
            var sent = WithoutSlot(missing, () => _chain.FromA(_chain.Udp(v6)));
            Assert.Equal((Verdicts.Drop, "MISSED_CALL", 1), (sent.Verdict, sent.DropReason, sent.MissedCalls));
        }
    }

    [Theory, BothFamilies]
    public void A_missed_call_to_a_stage_that_only_observes_is_counted_and_skipped(bool v6)
    {
        var observer = Family(v6).Programs.Single(program => program.Name.StartsWith("pre", StringComparison.Ordinal));

        var sent = WithoutSlot(observer, () => _chain.FromA(_chain.Udp(v6)));

        Assert.True(sent.IsRedirected);
        Assert.Equal((1, 0UL), (sent.MissedCalls, _chain.Cell(Pre)));
    }

    private static (int, string?) Outcome(SentPacket sent) => (sent.Verdict, sent.DropReason);

    private FamilyPlan Family(bool v6)
    {
        var hook = _chain.Generation.Plan.Hook(Hooks.WorkloadIngress)!;
        return v6 ? hook.IPv6 : hook.IPv4;
    }

    private SentPacket WithoutSlot(ProgramPlan program, Func<SentPacket> send)
    {
        var hook = _chain.Generation.Hooks[Hooks.WorkloadIngress];
        hook.Slots.Delete(BitConverter.GetBytes(program.Slot));
        try
        {
            return send();
        }
        finally
        {
            hook.Slots.Update((uint)program.Slot, hook.Programs[program.Slot]);
        }
    }

    public sealed class Harness : IDisposable
    {
        private readonly ChainHarness _harness = new(new ChainHarnessOptions
        {
            Hooks = Hooks.WorkloadIngress | Hooks.WorkloadEgress,
            Plugins =
            [
                Probe.Plugin(
                    (Probe.Stage("pre", StagePhase.PreFlow) with { WhenMissed = MissedCallRule.Skip }, Body(Pre, "pkt->meta.probe_note++;")),
                    (Probe.Stage("decide", StagePhase.NewFlow), Body(New, $$"""
                        flow_fields(pkt)->probe_field = 100;
                        if (CELL({{Subscribe}})) {
                        	flow_subscribe(pkt, STAGE_BIT_INLINE_DEMAND);
                        	flow_subscribe(pkt, STAGE_BIT_TAIL_DEMAND);
                        }
                        """)),
                    (Probe.Stage("inline_always", StagePhase.PostFlow).Inline(), Body(InlineAlways, "flow_fields(pkt)->probe_field++;")),
                    (Probe.Stage("inline_demand", StagePhase.PostFlow).Inline().OnDemand(), Body(InlineDemand)),
                    (Probe.Stage("tail_demand", StagePhase.PostFlow).OnDemand(), Body(TailDemand)),
                    (Probe.Stage("tail_always", StagePhase.PostFlow).After("tail_demand"), Body(TailAlways, $$"""
                        CELL({{SeenField}}) = flow_fields(pkt)->probe_field;
                        CELL({{SeenNote}}) = pkt->meta.probe_note;
                        CELL({{SeenPort}}) = bpf_ntohs(pkt->tuple.dport);
                        flow_fields(pkt)->probe_field = 5;
                        """))),
            ],
        });

        public ChainHarness Fresh()
        {
            _harness.Reset();
            _harness.ClearCells();
            return _harness;
        }

        public void Dispose() => _harness.Dispose();

        private static string Body(uint cell, string more = "") => $"""
            	CELL({cell})++;
            	{more}
            	if (CELL({DropIn}) == {cell + 1})
            		return stage_drop(pkt, DROP_DENIED);
            	if (CELL({Undecided}) == {cell + 1})
            		return STAGE_UNDECIDED;
            	return stage_next(pkt);
            """;
    }

    [Fact]
    public void A_stage_that_may_end_without_a_verdict_does_not_compile()
    {
        var refused = Assert.Throws<CompileException>(() => new ChainHarness(new ChainHarnessOptions
        {
            Hooks = Hooks.WorkloadIngress,
            Plugins = [Probe.Plugin((Probe.Stage("forgetful", StagePhase.NewFlow), "\tif (pkt->protocol == PROTOCOL_TCP)\n\t\treturn stage_next(pkt);"))],
        }));

        Assert.Contains("forgetful.bpf.c.sbn", refused.Message, StringComparison.Ordinal);
    }
}
