namespace Calico.Lab;

/// <summary>
/// The commands that make the parts of a lab. Each step runs for many parts at once: namespaces and veths in one `ip`
/// process, then one process for each namespace.
/// </summary>
internal static class LabBuilding
{
    /// <summary>
    /// What the kernel would decide by the machine's defaults or only after a second. Off until asked for: forwarding
    /// is what the lab is there to try.
    /// </summary>
    private static readonly (string Path, string Value)[] Settings =
    [
        // Duplicate address detection keeps an address from working for a second. The larger of all and interface counts.
        ("net/ipv6/conf/all/accept_dad", "0"),
        ("net/ipv6/conf/default/accept_dad", "0"),
        ("net/ipv6/conf/all/disable_ipv6", "0"),
        ("net/ipv6/conf/default/disable_ipv6", "0"),
        ("net/ipv6/conf/default/accept_ra", "0"),
        ("net/ipv4/ip_forward", "0"),
        ("net/ipv4/conf/all/rp_filter", "0"),
        ("net/ipv4/conf/default/rp_filter", "0"),
        ("net/ipv4/conf/all/proxy_arp", "0"),
        ("net/ipv4/conf/default/proxy_arp", "0"),
    ];

    internal static void MakeNamespaces(IReadOnlyList<NetworkNamespace> namespaces)
    {
        IpBatch.Run([.. namespaces.Select(each => $"netns add {each.Name}")]);
        foreach (var each in namespaces)
        {
            each.Set(Settings);
        }
    }

    internal static void MakeFabric(NetworkNamespace fabric, IReadOnlyList<LabNode> nodes, int uplinks)
    {
        List<string> lines = ["link set lo up"];
        for (var uplink = 0; uplink < uplinks; uplink++)
        {
            lines.Add($"link add br{uplink} type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
            lines.Add($"link set br{uplink} up");
            lines.Add($"addr add {LabAddressing.Fabric4(uplink)}/24 dev br{uplink}");
            lines.Add($"addr add {LabAddressing.Fabric6(uplink)}/64 dev br{uplink} nodad");
        }

        fabric.Ip(lines);
        IpBatch.Run([.. nodes.SelectMany(node => node.Uplinks.Select((name, uplink) =>
            $"link add {name} address {LabAddressing.UplinkMac(uplink, node.Number)} netns {node.Namespace.Name} "
            + $"type veth peer name {node.Name}-{uplink} netns {fabric.Name}"))]);
        fabric.Ip([.. nodes.SelectMany(node => FabricPort(node))]);
    }

    internal static void ConfigureNode(LabNode node)
    {
        List<string> lines = ["link set lo up"];
        foreach (var (name, uplink) in node.Uplinks.Select((name, uplink) => (name, uplink)))
        {
            lines.Add($"addr add {LabAddressing.Uplink4(uplink, node.Number)}/24 dev {name}");
            lines.Add($"addr add {LabAddressing.Uplink6(uplink, node.Number)}/64 dev {name} nodad");
            lines.Add($"link set {name} up");
        }

        lines.Add($"route add default via {LabAddressing.Fabric4(0)}");
        lines.Add($"route add default via {LabAddressing.Fabric6(0)}");
        node.Namespace.Ip(lines);
    }

    /// <summary>The veths appear in the nodes' namespaces when all else about the workloads is there.</summary>
    internal static void MakeWorkloads(LabNode node, IReadOnlyList<LabWorkload> workloads)
    {
        MakeNamespaces([.. workloads.Select(workload => workload.Namespace)]);
        IpBatch.Run([.. workloads.Select(workload =>
            $"link add {workload.HostInterface} address {LabAddressing.HostSideMac} netns {node.Namespace.Name} "
            + $"type veth peer name eth0 address {workload.Mac} netns {workload.Namespace.Name}")]);
        node.Namespace.Ip([.. workloads.Select(workload => $"link set {workload.HostInterface} up")]);
        foreach (var workload in workloads)
        {
            workload.Namespace.Ip(
                "link set lo up",
                $"addr add {workload.Address4}/32 dev eth0",
                $"addr add {workload.Address6}/128 dev eth0 nodad",
                "link set eth0 up",
                $"route add {LabAddressing.WorkloadGateway4} dev eth0 scope link",
                $"route add default via {LabAddressing.WorkloadGateway4} dev eth0 onlink",
                $"route add default via {LabAddressing.WorkloadGateway6} dev eth0");
        }
    }

    private static IEnumerable<string> FabricPort(LabNode node)
    {
        for (var uplink = 0; uplink < node.Uplinks.Count; uplink++)
        {
            yield return $"link set {node.Name}-{uplink} master br{uplink}";
            yield return $"link set {node.Name}-{uplink} up";
        }

        // A host outside can answer workloads, and begin.
        foreach (var block in LabAddressing.WorkloadBlocks(node.Number))
        {
            var gateway = block.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? node.Address4 : node.Address6;
            yield return $"route add {block} via {gateway}";
        }
    }
}
