using Calico.Lab;

namespace Calico.Benchmarks.Networks;

/// <summary>
/// Two nodes joined by a wire, workloads a and b on the first and c on the second; every neighbour is known, so nobody
/// asks while somebody measures. Each contender has a network of its own, so that none leaves anything behind for another.
/// <code>
/// a ─ calia ┐                              ┌ calic ─ c
///           ├ node 1 ─ eth0 ═══ eth0 ─ node 2
/// b ─ calib ┘
/// </code>
/// </summary>
internal sealed class BenchNetwork : IDisposable
{
    private const string Prefix = "calico-bench-";

    private BenchNetwork(string name)
    {
        Name = name;
        A = new BenchWorkload("a", 1, 2, Make("a"));
        B = new BenchWorkload("b", 1, 3, Make("b"));
        C = new BenchWorkload("c", 2, 2, Make("c"));
        Node1 = new BenchNode(1, Make("n1"), [A, B]);
        Node2 = new BenchNode(2, Make("n2"), [C]);
    }

    public string Name { get; }

    public BenchNode Node1 { get; }

    public BenchNode Node2 { get; }

    public BenchWorkload A { get; }

    public BenchWorkload B { get; }

    public BenchWorkload C { get; }

    private IReadOnlyList<BenchWorkload> Workloads => [A, B, C];

    /// <summary>Builds one; what a run that was killed left under the same name goes first.</summary>
    public static BenchNetwork Build(string name)
    {
        foreach (var path in Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", $"{Prefix}{name}-*") : [])
        {
            NetworkNamespace.Open(Path.GetFileName(path)).Delete();
        }

        var network = new BenchNetwork(name);
        try
        {
            network.Connect();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public BenchNode NodeOf(BenchWorkload workload) => workload.Node == 1 ? Node1 : Node2;

    public void Dispose()
    {
        foreach (var each in new[] { A.Namespace, B.Namespace, C.Namespace, Node1.Namespace, Node2.Namespace })
        {
            each.Delete();
        }
    }

    private NetworkNamespace Make(string role) => NetworkNamespace.Create($"{Prefix}{Name}-{role}");

    private void Connect()
    {
        Node1.Namespace.Ip(
            $"link add eth0 address {Addresses.NodeMac(1)} type veth peer name eth0 address {Addresses.NodeMac(2)} netns {Node2.Namespace.Name}");
        foreach (var workload in Workloads)
        {
            Connect(workload);
        }

        foreach (var (node, other) in new[] { (Node1, Node2), (Node2, Node1) })
        {
            node.Namespace.Set(("net/ipv4/ip_forward", "1"), ("net/ipv6/conf/all/forwarding", "1"));
            node.Namespace.Ip(
                $"addr add {Addresses.Node4(node.Number)}/24 dev eth0",
                $"addr add {Addresses.Node6(node.Number)}/64 dev eth0 nodad",
                "link set eth0 up",
                $"neigh replace {Addresses.Node4(other.Number)} lladdr {Addresses.NodeMac(other.Number)} dev eth0 nud permanent",
                $"neigh replace {Addresses.Node6(other.Number)} lladdr {Addresses.NodeMac(other.Number)} dev eth0 nud permanent",
                $"route add 10.97.{other.Number}.0/24 via {Addresses.Node4(other.Number)}",
                $"route add fd00:97:{other.Number}::/64 via {Addresses.Node6(other.Number)}");
        }
    }

    private void Connect(BenchWorkload workload)
    {
        var node = NodeOf(workload).Namespace;
        node.Ip(
            $"link add {workload.HostInterface} address {Addresses.HostSide} type veth peer name eth0 address {workload.Mac} netns {workload.Namespace.Name}",
            $"link set {workload.HostInterface} up",
            $"route add {workload.Address4}/32 dev {workload.HostInterface} scope link",
            $"route add {workload.Address6}/128 dev {workload.HostInterface}",
            $"neigh replace {workload.Address4} lladdr {workload.Mac} dev {workload.HostInterface} nud permanent",
            $"neigh replace {workload.Address6} lladdr {workload.Mac} dev {workload.HostInterface} nud permanent");
        workload.Namespace.Ip(
            $"addr add {workload.Address4}/32 dev eth0",
            $"addr add {workload.Address6}/128 dev eth0 nodad",
            "link set eth0 up",
            $"neigh replace {Addresses.Gateway4} lladdr {Addresses.HostSide} dev eth0 nud permanent",
            $"neigh replace {Addresses.Gateway6} lladdr {Addresses.HostSide} dev eth0 nud permanent",
            $"route add {Addresses.Gateway4} dev eth0 scope link",
            $"route add default via {Addresses.Gateway4} dev eth0 onlink",
            $"route add default via {Addresses.Gateway6} dev eth0 onlink");
    }
}
