using System.Net.Sockets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Testing;

/// <summary>The test kit as a plugin's author uses it.</summary>
public sealed class ChainUnderTestTests(ChainUnderTestTests.Chain shared) : IClassFixture<ChainUnderTestTests.Chain>
{
    private readonly ChainUnderTest _chain = shared.Fresh();

    [Theory, EachFamily]
    public void A_packet_that_passes_tells_where_it_went_and_which_stages_it_met(AddressFamily family)
    {
        var result = _chain.Send(Syn(family, 80));

        result.ShouldBeRedirectedTo(_chain.WorkloadB).ShouldHaveRunExactly("port_gate", "count_all", "watch");
        Assert.Equal(PacketVerdict.Redirected, result.Verdict);
        Assert.Equal(["entry", "flow", "port_gate", "commit", "count_all", "watch", "forward", "redirect"], result.Programs);
        Assert.Equal(63, result.Packet.Header<IPHeader>().HopLimit);
        Assert.Equal(_chain.WorkloadB.PeerMac, result.Packet.Header<EthernetHeader>().Destination);
        _chain.Send(Syn(family, 80).Reply(TcpFlags.SynAck)).ShouldBeRedirectedTo(_chain.WorkloadA).ShouldHaveRunExactly("count_all", "watch");
    }

    [Theory, EachFamily]
    public void A_packet_that_is_dropped_tells_by_which_stage_and_why(AddressFamily family)
    {
        var result = _chain.Send(Syn(family, 81)).ShouldBeDropped("GATE_SHUT").ShouldHaveNoted("GATE_SHUT", 81, 1);

        Assert.Equal("the port is not open", result.DropSentence);
        Assert.Equal([new StageRun("port_gate", "port-gate", StageVerdict.Drop, "GATE_SHUT")], result.Stages);
        Assert.Equal("port 81 is shut, 1 refused so far", result.Notes[^1].Text);
        Assert.Empty(_chain.Flows);
    }

    [Fact]
    public void Packets_in_a_row_are_a_conversation()
    {
        var syn = Syn(AddressFamily.InterNetwork, 80);
        _chain.Send(syn);
        _chain.Send(syn.Reply(TcpFlags.SynAck));
        Assert.Equal(FlowState.SynReceived, Assert.Single(_chain.Flows).State);
        _chain.Send(syn.Change<TcpHeader>(tcp => tcp with { Flags = TcpFlags.Ack, Sequence = 1001, Acknowledgment = 1 }));

        var flow = Assert.Single(_chain.Flows);
        Assert.Equal(FlowState.Established, flow.State);
        Assert.Equal((2UL, 1UL), (flow.Forward.Packets, flow.Reply.Packets));
        Assert.Equal(3UL, flow.Get(shared.Plugin.Seen));
        Assert.Equal(("w10", "w11"), (flow.InputInterface, flow.OutputInterface));
    }

    [Fact]
    public void Advancing_the_clock_runs_out_a_flows_idle_time()
    {
        var datagram = Packet.From(_chain.WorkloadA).To(_chain.WorkloadB).Udp(5000, 80);
        _chain.Send(datagram);
        _chain.Clock.Advance(TimeSpan.FromSeconds(50));
        _chain.Send(datagram).ShouldNotHaveRun("port_gate");

        _chain.Clock.Advance(TimeSpan.FromSeconds(70));

        Assert.Empty(_chain.Flows);
        _chain.Send(datagram).ShouldHaveRun("port_gate");
    }

    [Fact]
    public void Maps_are_read_by_handle_and_by_name()
    {
        _chain.Map(shared.Plugin.Refused).Set(0, 7);

        _chain.Send(Syn(AddressFamily.InterNetwork, 81)).ShouldBeDropped();

        Assert.True(_chain.Map<uint, ulong>("refused").TryGet(0, out var refused));
        Assert.Equal(8UL, refused);
        Assert.Same(shared.Plugin.Refused, _chain.Service<MapHandle<uint, ulong>>());
    }

    [Fact]
    public void The_source_address_tells_the_hook_and_options_tell_another()
    {
        var (a, uplink) = (_chain.WorkloadA, _chain.Uplink);

        Assert.Equal((Hooks.HostIngress, uplink), Way(_chain.Send(Packet.From("198.51.100.7").To(a).Tcp(1, 80, TcpFlags.Syn))));
        Assert.Equal((Hooks.WorkloadEgress, a), Way(_chain.Send(Packet.From(uplink).To(a).Tcp(1, 80, TcpFlags.Syn))));
        Assert.Equal((Hooks.HostEgress, uplink), Way(_chain.Send(Packet.From(uplink).To("198.51.100.7").Tcp(1, 80, TcpFlags.Syn))));
        Assert.Equal((Hooks.HostIngress, _chain.SecondUplink), Way(_chain.Send(Packet.From("198.51.100.8").To(a).Tcp(1, 80, TcpFlags.Syn), _chain.SecondUplink)));
        _chain.Send(Packet.From("198.51.100.7").To("198.51.100.9").Tcp(1, 80, TcpFlags.Syn), a).ShouldBeDropped("SPOOFED_SOURCE");

        static (Hooks, TestInterface) Way(SendResult result) => (result.Hook, result.Through);
    }

    [Theory, EachFamily]
    public void What_an_established_packet_costs_is_measured_and_its_flow_goes_on(AddressFamily family)
    {
        var syn = Syn(family, 80);
        _chain.Send(syn);
        _chain.Send(syn.Reply(TcpFlags.SynAck));
        var ack = syn.Change<TcpHeader>(tcp => tcp with { Flags = TcpFlags.Ack });
        _chain.Send(ack);

        var measured = _chain.Measure(ack, rounds: 10_000);

        Assert.InRange(measured.NanosecondsPerPacket, 1, 1_000_000);
        Assert.True(_chain.Flows.Single().Forward.Packets > 10_000);
        _chain.Send(ack).ShouldBeRedirectedTo(_chain.WorkloadB);
    }

    [Fact]
    public void Events_are_taken_once_and_in_order()
    {
        _chain.Send(Syn(AddressFamily.InterNetwork, 81));
        _chain.Send(Syn(AddressFamily.InterNetwork, 82));

        Assert.Equal([81U, 82U], _chain.Events(shared.Plugin.Shut));
        Assert.Empty(_chain.Events(shared.Plugin.Shut));
    }

    [Fact]
    public void An_ARP_question_is_answered_through_the_interface_that_it_came_by()
    {
        var a = _chain.WorkloadA;

        _chain.Send(Packet.Ethernet(a.PeerMac.ToString(), "ff:ff:ff:ff:ff:ff").Arp(new ArpMessage(a.PeerMac, a.IPv4, _chain.WorkloadB.IPv4)))
            .ShouldBeRedirectedTo(a)
            .ShouldComeOut(packet => packet.Header<ArpMessage>() is { Operation: ArpMessage.Reply } answer && answer.SenderMac == a.HostMac, "to be an answer");
    }

    [Fact]
    public void A_failed_assertion_says_all_that_is_known()
    {
        var failure = Assert.Throws<ChainAssertionException>(() => _chain.Send(Syn(AddressFamily.InterNetwork, 81)).ShouldBeRedirectedTo(_chain.WorkloadB));

        Assert.Equal("""
            The packet was expected to be redirected to w11, but it was dropped: GATE_SHUT, the port is not open.
              packet   IP 10.0.0.10:40000 > 10.0.0.11:81 TCP [S] seq 1000 win 64240, length 0
              through  WorkloadIngress of w10
              verdict  dropped: GATE_SHUT, the port is not open
              came out as it was sent
              met      entry → flow → port_gate → drop
              stages   port_gate → drop (GATE_SHUT)
              notes    GATE_LOOKED_AT: a flow to port 81 from 10.0.0.10; GATE_SHUT: port 81 is shut, 1 refused so far
            """, failure.Message);
    }

    [Fact]
    public async Task An_option_reaches_the_plugin()
    {
        await using var chain = await ChainUnderTest.StartAsync<PortGatePlugin>(setup => setup.Option("port", "443").On(Hooks.WorkloadIngress));

        chain.Send(Packet.From(chain.WorkloadA).To(chain.WorkloadB).Tcp(1, 443, TcpFlags.Syn)).ShouldBeRedirectedTo(chain.WorkloadB);
        chain.Send(Packet.From(chain.WorkloadA).To(chain.WorkloadB).Tcp(1, 80, TcpFlags.Syn)).ShouldBeDropped("DROP_GATE_SHUT");
        Assert.Throws<ArgumentException>(() => chain.Send(Packet.From("198.51.100.7").To(chain.WorkloadB).Tcp(1, 80, TcpFlags.Syn)));
    }

    [Fact]
    public async Task One_stage_can_be_run_alone()
    {
        await using var chain = await ChainUnderTest.StartAsync<PortGatePlugin>(setup => setup.OnlyStage("watch").On(Hooks.WorkloadIngress));

        chain.Send(Packet.From(chain.WorkloadA).To(chain.WorkloadB).Tcp(1, 81, TcpFlags.Syn)).ShouldHaveRunExactly("watch");
    }

    [Fact]
    public async Task An_untraced_chain_has_no_map_of_a_trace_and_decides_the_same()
    {
        await using var chain = await ChainUnderTest.StartAsync<PortGatePlugin>(setup => setup.Untraced().On(Hooks.WorkloadIngress));

        var result = chain.Send(Packet.From(chain.WorkloadA).To(chain.WorkloadB).Tcp(1, 81, TcpFlags.Syn)).ShouldBeDropped("GATE_SHUT");

        Assert.Empty(result.Stages);
        Assert.Throws<InvalidOperationException>(() => result.ShouldHaveRun("port_gate"));
    }

    private Packet Syn(AddressFamily family, ushort port) =>
        Packet.From(_chain.WorkloadA.Address(family)).To(_chain.WorkloadB).Tcp(40_000, port, TcpFlags.Syn);

    public sealed class Chain : IAsyncLifetime
    {
        private ChainUnderTest _chain = null!;

        public PortGatePlugin Plugin { get; } = new();

        public async ValueTask InitializeAsync() => _chain = await ChainUnderTest.With(Plugin).StartAsync();

        public ChainUnderTest Fresh()
        {
            _chain.Forget();
            _chain.Map(Plugin.Refused).Set(0, 0);
            _chain.Events(Plugin.Shut);
            return _chain;
        }

        public ValueTask DisposeAsync() => _chain.DisposeAsync();
    }
}
