using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Networks;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Net;

namespace Calico.Benchmarks.Live;

/// <summary>At every workload of a network: counts what arrives, and drops it (counter.bpf.c.sbn).</summary>
internal sealed class Receivers : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly LoadedObject _loaded = ChainBuilder.LoadOwn("counter.bpf.c.sbn", new { });
    private readonly PerCpuMap<uint, ulong> _received;
    private readonly List<BpfLink> _links = [];

    public Receivers(BenchNetwork network)
    {
        _received = new PerCpuMap<uint, ulong>(_loaded.Maps["received"]);
        foreach (var workload in new[] { network.A, network.B, network.C })
        {
            network.NodeOf(workload).Namespace.Enter(() => Offload.TurnOnGro(workload.HostInterface));
            _links.Add(workload.Namespace.Enter(() =>
            {
                using var netlink = new RtNetlink();
                return BpfLink.AttachTcx(_loaded.Programs["count"], netlink.GetLink("eth0")!.Index, TcDirection.Ingress);
            }));
        }
    }

    private ulong Received => _received[0].Aggregate(0UL, (sum, count) => sum + count);

    /// <summary>Runs something that sends, and makes sure that all of it arrived.</summary>
    public double Expect(int packets, string contender, Func<double> send)
    {
        var before = Received;
        var spent = send();
        SpinWait.SpinUntil(() => Received - before >= (ulong)packets, s_patience);
        var arrived = Received - before;
        return arrived == (ulong)packets
            ? spent
            : throw new InvalidOperationException($"{contender}: of {packets} packets {arrived} arrived, so their time means nothing.");
    }

    public void Dispose()
    {
        foreach (var link in _links)
        {
            link.Dispose();
        }

        _loaded.Dispose();
    }
}
