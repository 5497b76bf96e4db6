using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;

namespace Calico.Benchmarks.Contenders;

/// <summary>Ours: on both nodes the whole generation, with the first-party plugins, at every hook of every interface.</summary>
internal sealed class ChainNetwork : IContenderNetwork
{
    private readonly List<IDisposable> _held = [];

    public ChainNetwork(string suite)
    {
        Network = BenchNetwork.Build($"{suite}-chain");
        Attach(Network.Node1);
        Attach(Network.Node2);
    }

    public string Name => Rivals.Ours;

    public BenchNetwork Network { get; }

    public void Dispose()
    {
        foreach (var held in _held.Reverse<IDisposable>())
        {
            held.Dispose();
        }

        Network.Dispose();
    }

    private void Attach(BenchNode node)
    {
        var maps = Hold(ChainBuilder.Maps());
        var tables = new NodeTables(node, maps);
        var generation = Hold(ChainBuilder.Load(maps, Hooks.Tc));
        node.Namespace.Enter(() =>
        {
            Attach(generation, tables.Index(BenchNode.Uplink), Hooks.HostIngress, Hooks.HostEgress);
            foreach (var workload in node.Workloads)
            {
                Attach(generation, tables.Index(workload.HostInterface), Hooks.WorkloadIngress, Hooks.WorkloadEgress);
            }
        });
    }

    private void Attach(Generation generation, int ifindex, Hooks ingress, Hooks egress)
    {
        Hold(BpfLink.AttachTcx(generation.Hooks[ingress].Entry, ifindex, TcDirection.Ingress));
        Hold(BpfLink.AttachTcx(generation.Hooks[egress].Entry, ifindex, TcDirection.Egress));
    }

    private T Hold<T>(T held)
        where T : IDisposable
    {
        _held.Add(held);
        return held;
    }
}
