using System.Net;
using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Benchmarks.Networks;

/// <summary>A workload of a <see cref="BenchNetwork"/>: a namespace with <c>eth0</c>, whose other end is on the node.</summary>
internal sealed record BenchWorkload(string Name, int Node, int Number, NetworkNamespace Namespace)
{
    public string HostInterface => $"cali{Name}";

    public IPAddress Address4 => Addresses.Workload4(Node, Number);

    public IPAddress Address6 => Addresses.Workload6(Node, Number);

    public MacAddress Mac => Addresses.WorkloadMac(Node, Number);
}
