using Calico.Core.Chain.Rendering;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class TableFullTests(TableFullTests.Harness harness) : IClassFixture<TableFullTests.Harness>
{
    private const int Established = 200;
    private readonly ChainHarness _chain = harness.Fresh();

    [Theory, BothFamilies]
    public void A_flood_of_SYNs_evicts_no_established_flow_of_another_workload(bool v6)
    {
        for (var port = 1; port <= Established; port++)
        {
            Connect(v6, (ushort)port);
        }

        Flood(v6, 2000, TcpFlags.Syn);

        Assert.Equal(Established, _chain.Flows.All.Count(flow => !flow.Pending));
        for (var port = 1; port <= Established; port++)
        {
            Assert.True(_chain.FromA(Segment(v6, (ushort)port, TcpFlags.Ack)).IsRedirected);
        }
    }

    [Theory, BothFamilies]
    public void A_flood_of_SYNs_each_with_an_ACK_evicts_none_either(bool v6)
    {
        for (var port = 1; port <= Established; port++)
        {
            Connect(v6, (ushort)port);
        }

        Flood(v6, 1000, TcpFlags.Syn, TcpFlags.Ack);

        Assert.Equal(Established, _chain.Flows.All.Count(flow => !flow.Pending));
    }

    [Theory, BothFamilies]
    public void Where_the_unanswered_fill_their_table_new_flows_still_begin(bool v6)
    {
        Flood(v6, 1000, TcpFlags.Syn);

        Connect(v6, 7);

        Assert.Single(_chain.Flows.All, flow => !flow.Pending);
    }

    [Theory, BothFamilies]
    public void Where_the_answered_fill_theirs_others_go_for_them(bool v6)
    {
        for (var port = 1; port <= 1500; port++)
        {
            Connect(v6, (ushort)port);
        }

        Assert.True(_chain.FromA(Segment(v6, 1500, TcpFlags.Ack)).IsRedirected);
        Assert.InRange(_chain.Flows.All.Count, 500, 1024);
    }

    private void Flood(bool v6, int count, params TcpFlags[] segments)
    {
        for (var port = 0; port < count; port++)
        {
            foreach (var flags in segments)
            {
                var packet = PacketBuilder.Tcp(_chain.Node.C.Address(v6), _chain.Node.B.Address(v6), (ushort)(20_000 + port), Traffic.Server, flags);
                Assert.False(_chain.SendUncounted(Hooks.WorkloadIngress, _chain.Node.C, packet).IsDropped);
            }
        }
    }

    private void Connect(bool v6, ushort port)
    {
        _chain.SendUncounted(Hooks.WorkloadIngress, _chain.Node.A, Segment(v6, port, TcpFlags.Syn));
        _chain.SendUncounted(Hooks.WorkloadIngress, _chain.Node.B, PacketBuilder.Tcp(_chain.Node.B.Address(v6), _chain.Node.A.Address(v6), Traffic.Server, port, TcpFlags.SynAck));
        _chain.SendUncounted(Hooks.WorkloadIngress, _chain.Node.A, Segment(v6, port, TcpFlags.Ack));
    }

    private PacketBuilder Segment(bool v6, ushort port, TcpFlags flags) =>
        PacketBuilder.Tcp(_chain.Node.A.Address(v6), _chain.Node.B.Address(v6), port, Traffic.Server, flags);

    public sealed class Harness : IDisposable
    {
        private readonly ChainHarness _harness = new(new ChainHarnessOptions
        {
            Hooks = Hooks.WorkloadIngress,
            Settings = new ChainSettings
            {
                Tables = new TableSizes { FlowsV4 = 1024, FlowsV6 = 1024, Pending = 256, Interfaces = 64, Addresses = 64, Prefixes = 64 },
            },
        });

        public ChainHarness Fresh()
        {
            _harness.Reset();
            return _harness;
        }

        public void Dispose() => _harness.Dispose();
    }
}
