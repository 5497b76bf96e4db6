using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>Resources as an operator writes them.</summary>
internal static class ResourceText
{
    public static string Node(string name, string address4, string address6) => $"""
        apiVersion: projectcalico.org/v3
        kind: Node
        metadata:
          name: {name}
        spec:
          bgp:
            ipv4Address: {address4}/24
            ipv6Address: {address6}/64

        """;

    public static string Node(LabNode node) => Node(node.Name, $"{node.Address4}", $"{node.Address6}");

    public static string Endpoint(string name, string node, string interfaceName, IEnumerable<string> addresses, string more = "") => $"""
        apiVersion: projectcalico.org/v3
        kind: WorkloadEndpoint
        metadata:
          name: {name}
          namespace: lab
        spec:
          node: {node}
          workload: {name}
          interfaceName: {interfaceName}
          ipNetworks: [{string.Join(", ", addresses.Select(address => $"\"{address}\""))}]
          {more}

        """;

    public static string Endpoint(LabWorkload workload, string more = "") => Endpoint(
        $"{workload.Node}-{workload.Name}", workload.Node, workload.HostInterface, [$"{workload.Address4}/32", $"{workload.Address6}/128"], more);
}
