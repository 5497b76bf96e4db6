using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>What a flow remembers holds as long as the stamps of its interfaces do.</summary>
public sealed class RedecisionTests(RedecisionTests.Harness harness) : IClassFixture<RedecisionTests.Harness>
{
    private const uint Runs = 0, Again = 1, SourcePort = 2, DestinationPort = 3, Deny = 4, SourceWord = 5;
    private readonly ChainHarness _chain = harness.Fresh();

    [Theory, BothFamilies]
    public void NewFlow_runs_once_for_a_connection(bool v6)
    {
        _chain.Connect(v6);
        _chain.FromB(_chain.Tcp(v6, TcpFlags.Ack, reply: true));

        Assert.Equal((1UL, 0UL), (_chain.Cell(Runs), _chain.Cell(Again)));
    }

    [Theory, BothFamilies]
    public void A_changed_stamp_has_the_flow_decided_again_with_its_counters_kept(bool v6)
    {
        _chain.Connect(v6);
        _chain.Restamp(_chain.Node.B);

        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);

        Assert.Equal((2UL, 1UL), (_chain.Cell(Runs), _chain.Cell(Again)));
        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.Established, 3UL, 1UL), (flow.State, flow.FromInitiator.Packets, flow.FromResponder.Packets));
        Assert.Equal(_chain.Interface(_chain.Node.A).Stamp + _chain.Interface(_chain.Node.B).Stamp, flow.FromInitiator.Stamp);
        _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack));
        Assert.Equal(2UL, _chain.Cell(Runs));
    }

    [Theory, BothFamilies]
    public void The_initiators_tuple_is_decided_about_whichever_direction_the_packet_has(bool v6)
    {
        _chain.Connect(v6);
        _chain.Restamp(_chain.Node.A);
        _chain.SetCell(SourcePort, 0);

        Assert.True(_chain.FromB(_chain.Tcp(v6, TcpFlags.Ack, reply: true)).IsRedirected);

        Assert.Equal(1UL, _chain.Cell(Again));
        Assert.Equal(((ulong)Traffic.Client, (ulong)Traffic.Server), (_chain.Cell(SourcePort), _chain.Cell(DestinationPort)));
        var source = System.Net.IPAddress.Parse(_chain.Node.A.Address(v6)).GetAddressBytes();
        Assert.Equal(BitConverter.ToUInt32(source, source.Length - 4), _chain.Cell(SourceWord));
    }

    [Theory, BothFamilies]
    public void A_flow_that_is_refused_now_is_gone(bool v6)
    {
        _chain.Connect(v6);
        _chain.Restamp(_chain.Node.A);
        _chain.SetCell(Deny, 1);

        Assert.Equal("DENIED", _chain.FromB(_chain.Tcp(v6, TcpFlags.Ack, reply: true)).DropReason);

        Assert.Empty(_chain.Flows.All);
        _chain.SetCell(Deny, 0);
        Assert.Equal("TCP_WITHOUT_FLOW", _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).DropReason);
    }

    [Theory, BothFamilies]
    public void A_first_packet_that_is_refused_leaves_nothing(bool v6)
    {
        _chain.SetCell(Deny, 1);

        Assert.Equal("DENIED", _chain.FromA(_chain.Syn(v6)).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_SYN_on_a_known_flow_has_it_decided_again(bool v6)
    {
        _chain.Connect(v6);

        Assert.True(_chain.FromA(_chain.Syn(v6)).IsRedirected);
        Assert.Equal((1UL, FlowState.Established), (_chain.Cell(Again), _chain.Flows.Only.State));
        _chain.SetCell(Deny, 1);
        Assert.Equal("DENIED", _chain.FromA(_chain.Syn(v6)).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_workload_that_moved_to_another_interface_is_found_there(bool v6)
    {
        _chain.Connect(v6);
        _chain.SetInterface(_chain.Node.B, _ => default);
        _chain.SetAddress(_chain.Node.B.Address(v6), RouteKind.LocalWorkload, _chain.Node.C.Slot);

        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
        Assert.Equal(_chain.Node.C.Slot, _chain.Flows.Only.FromInitiator.Output);
    }

    [Theory, BothFamilies]
    public void Where_the_workload_is_gone_its_flows_are_dropped(bool v6)
    {
        _chain.Connect(v6);
        _chain.SetInterface(_chain.Node.B, _ => default);

        Assert.Equal("NO_ROUTE", _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).DropReason);
    }

    [Theory, BothFamilies]
    public void The_hosts_flows_are_decided_again_when_the_hosts_stamp_changes(bool v6)
    {
        var packet = PacketBuilder.Udp(_chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6), 5, 6);
        _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, packet);
        _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, packet);
        Assert.Equal(1UL, _chain.Cell(Runs));
        var host = _chain.Maps.Typed<uint, InterfaceEntry>("interfaces");
        host[0] = host[0] with { Stamp = host[0].Stamp + 1 };

        Assert.True(_chain.Send(Hooks.WorkloadEgress, _chain.Node.A, packet).Continues);

        Assert.Equal(1UL, _chain.Cell(Again));
        Assert.Equal(3UL, _chain.Flows.Only.FromInitiator.Packets);
    }

    [Theory, BothFamilies]
    public void A_plugins_field_of_the_flow_is_there_again_when_the_flow_is_decided_again(bool v6)
    {
        _chain.Connect(v6);
        _chain.Restamp(_chain.Node.A);

        _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack));

        Assert.Equal(1UL + 7, BitConverter.ToUInt64(_chain.Flows.Only.Fields()));
    }

    public sealed class Harness : IDisposable
    {
        private readonly ChainHarness _harness = new(new ChainHarnessOptions
        {
            Plugins =
            [
                Probe.Plugin((Probe.Stage("decide", StagePhase.NewFlow), $"""
                	CELL({Runs})++;
                	CELL({SourcePort}) = bpf_ntohs(pkt->original.sport);
                	CELL({DestinationPort}) = bpf_ntohs(pkt->original.dport);
                	CELL({SourceWord}) = pkt->original.src[FAMILY == 4 ? 0 : 3];
                	if (pkt_is_redecided(pkt))
                		CELL({Again})++;
                	flow_fields(pkt)->probe_field += pkt_is_redecided(pkt) ? 7 : 1;
                	if (CELL({Deny}))
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
