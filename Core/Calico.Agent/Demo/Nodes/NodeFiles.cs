using Calico.Lab;

namespace Calico.Agent.Demo.Nodes;

/// <summary>Writes what agents read: their configurations, and the resources of the cluster.</summary>
internal static class NodeFiles
{
    /// <summary>The namespace of the demo's endpoints.</summary>
    public const string EndpointNamespace = "demo";

    /// <summary>The configuration of a node's agent.</summary>
    /// <returns>The file.</returns>
    public static string WriteConfiguration(DemoPlace place, LabNode node, IReadOnlyList<string> plugins)
    {
        string folder = place.FolderOf(node.Name);
        string file = Path.Combine(folder, "agent.yaml");
        Directory.CreateDirectory(folder);
        File.WriteAllText(file, $"""
            instance: {place.InstanceOf(node.Name)}
            node: {node.Name}
            interfaces:
              workload: ["cali*"]
              host: ["eth*"]
            plugins: [{string.Join(", ", plugins.Select(plugin => $"{"{"} folder: {Quote(plugin)} {"}"}"))}]
            resources: {Quote(place.Resources)}
            flowTable:
              maxEntriesIpv4: 65536
              maxEntriesIpv6: 65536
              maxPending: 16384
            paths:
              state: {Quote(Path.Combine(folder, "state"))}
              run: {Quote(place.RunOf(node.Name))}
              bpffs: {Quote(place.BpffsOf(node.Name))}

            """);
        return file;
    }

    /// <summary>The Node resource of a node.</summary>
    public static void WriteNode(DemoPlace place, LabNode node) => Write(place, $"node-{node.Name}", $"""
        apiVersion: projectcalico.org/v3
        kind: Node
        metadata:
          name: {node.Name}
        spec:
          bgp:
            ipv4Address: {node.Address4}/24
            ipv6Address: {node.Address6}/64

        """);

    /// <summary>The WorkloadEndpoint of a workload: from now on it is known to all agents.</summary>
    public static void WriteEndpoint(DemoPlace place, LabWorkload workload) => Write(place, EndpointFile(workload), $"""
        apiVersion: projectcalico.org/v3
        kind: WorkloadEndpoint
        metadata:
          name: {workload.Node}-{workload.Name}
          namespace: {EndpointNamespace}
        spec:
          node: {workload.Node}
          workload: {workload.Node}-{workload.Name}
          orchestrator: demo
          endpoint: eth0
          interfaceName: {workload.HostInterface}
          mac: {workload.Mac}
          ipNetworks: ["{workload.Address4}/32", "{workload.Address6}/128"]

        """);

    /// <summary>Takes a WorkloadEndpoint back.</summary>
    public static void DeleteEndpoint(DemoPlace place, LabWorkload workload) => File.Delete(PathOf(place, EndpointFile(workload)));

    private static string EndpointFile(LabWorkload workload) => $"endpoint-{workload.Node}-{workload.Name}";

    // Renamed into place: an agent that looks in between sees the old or the new, never half.
    private static void Write(DemoPlace place, string name, string text)
    {
        Directory.CreateDirectory(place.Resources);
        string file = PathOf(place, name);
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static string PathOf(DemoPlace place, string name) => Path.Combine(place.Resources, name + ".yaml");

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
