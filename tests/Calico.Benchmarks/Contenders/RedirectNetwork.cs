using System.Net;
using System.Runtime.InteropServices;
using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;
using Calico.Core.Bpf;
using Calico.Core.Net;

namespace Calico.Benchmarks.Contenders;

/// <summary>The floor: a program on each interface that redirects by address, and that is all (redirect.bpf.c.sbn).</summary>
internal sealed class RedirectNetwork : IContenderNetwork
{
    private readonly List<IDisposable> _held = [];

    public RedirectNetwork(string suite)
    {
        Network = BenchNetwork.Build($"{suite}-redirect");
        Attach(Network.Node1, Network.Node2);
        Attach(Network.Node2, Network.Node1);
    }

    public string Name => Rivals.Redirect;

    public BenchNetwork Network { get; }

    public void Dispose()
    {
        foreach (var held in _held.Reverse<IDisposable>())
        {
            held.Dispose();
        }

        Network.Dispose();
    }

    private void Attach(BenchNode node, BenchNode other)
    {
        var loaded = ChainBuilder.LoadOwn("redirect.bpf.c.sbn", new { });
        _held.Add(loaded);
        node.Namespace.Enter(() =>
        {
            using var netlink = new RtNetlink();
            var index = netlink.GetLinks().ToDictionary(link => link.Name, link => link.Index);
            foreach (var workload in node.Workloads)
            {
                var way = new byte[24];
                BitConverter.TryWriteBytes(way, index[workload.HostInterface]);
                workload.Mac.CopyTo(way.AsSpan(8));
                Addresses.HostSide.CopyTo(way.AsSpan(14));
                Put(workload.Address4, way);
                _held.Add(BpfLink.AttachTcx(loaded.Programs["redirect"], index[workload.HostInterface], TcDirection.Ingress));
            }

            foreach (var workload in other.Workloads)
            {
                var way = new byte[24];
                BitConverter.TryWriteBytes(way, index[BenchNode.Uplink]);
                Addresses.Node4(other.Number).TryWriteBytes(way.AsSpan(4), out _);
                Put(workload.Address4, way);
            }

            _held.Add(BpfLink.AttachTcx(loaded.Programs["redirect"], index[BenchNode.Uplink], TcDirection.Ingress));
        });

        void Put(IPAddress address, byte[] way) => loaded.Maps["ways"].Update(address.GetAddressBytes(), way);
    }
}
