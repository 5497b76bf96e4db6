using System.Net.Sockets;

namespace Calico.Lab;

/// <summary>The kernel's own forwarding on the lab: what an agent's dataplane is compared with.</summary>
internal static class KernelForwarding
{
    internal static void Enable(LabNode node)
    {
        node.Namespace.Set(("net/ipv4/ip_forward", "1"), ("net/ipv6/conf/all/forwarding", "1"));
        Enable(node, node.Workloads);
    }

    internal static void Enable(LabNode node, IReadOnlyList<LabWorkload> workloads)
    {
        node.Namespace.Ip([.. workloads.SelectMany(workload => new[]
        {
            $"route replace {workload.Address4}/32 dev {workload.HostInterface} scope link",
            $"route replace {workload.Address6}/128 dev {workload.HostInterface}",
        })]);

        // The node answers ARP for the workloads' gateway (it has a default route, so the kernel takes it for
        // reachable elsewhere), and does so at once.
        node.Namespace.Set([.. workloads.SelectMany(workload => new[]
        {
            ($"net/ipv4/conf/{workload.HostInterface}/proxy_arp", "1"),
            ($"net/ipv4/neigh/{workload.HostInterface}/proxy_delay", "0"),
        })]);
    }

    internal static void RouteBetween(IReadOnlyList<LabNode> nodes)
    {
        foreach (var node in nodes)
        {
            node.Namespace.Ip([.. nodes.Where(other => other != node).SelectMany(other => LabAddressing.WorkloadBlocks(other.Number).Select(block =>
                $"route replace {block} via {(block.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? other.Address4 : other.Address6)}"))]);
        }
    }
}
