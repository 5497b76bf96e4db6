using Calico.Lab;

namespace Calico.Benchmarks.Networks;

/// <summary>A node of a <see cref="BenchNetwork"/>: a namespace with the uplink <c>eth0</c>.</summary>
internal sealed record BenchNode(int Number, NetworkNamespace Namespace, IReadOnlyList<BenchWorkload> Workloads)
{
    public const string Uplink = "eth0";
}
