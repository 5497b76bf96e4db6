using System.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>
/// A lab whose nodes run the real agent: <c>bpffs</c> of its own, a folder of resources that all agents watch, and a
/// folder for each agent. Nothing of it is left when it is disposed.
/// </summary>
internal sealed class DataplaneLab : IDisposable
{
    private static int s_labs;

    private readonly DirectoryInfo _folder;
    private int _disposed;

    public DataplaneLab(int nodes = 2, int workloads = 2, bool secondUplink = false)
    {
        Topology = LabTopology.Create(new LabOptions
        {
            Prefix = $"calico-nodetests-{Environment.ProcessId}-{Interlocked.Increment(ref s_labs)}",
            Nodes = nodes,
            WorkloadsPerNode = workloads,
            SecondUplink = secondUplink,
        });
        _folder = Directory.CreateTempSubdirectory("calico-nodetests-");
        Directory.CreateDirectory(Bpffs);
        Directory.CreateDirectory(Resources);
        Topology.Fabric.Run("mount", "-t", "bpf", _folder.Name, Bpffs);
        foreach (var node in Topology.Nodes)
        {
            Write($"{node.Name}.yaml", ResourceText.Node(node));
        }

        foreach (var workload in Topology.Workloads)
        {
            Announce(workload);
        }

        Agents = [.. Topology.Nodes.Select(node => new AgentUnderTest(
            Topology, node, Path.Combine(_folder.FullName, node.Name), Path.Combine(Bpffs, node.Name), Resources))];
    }

    public LabTopology Topology { get; }

    public IReadOnlyList<AgentUnderTest> Agents { get; }

    public string Resources => Path.Combine(_folder.FullName, "resources");

    public string Folder => _folder.FullName;

    private string Bpffs => Path.Combine(_folder.FullName, "bpf");

    /// <summary>Where <c>n1</c>, <c>n1/w2</c> or <c>fabric</c> is.</summary>
    public NetworkNamespace Inside(string who) => who == "fabric" ? Topology.Fabric
        : who.Contains('/', StringComparison.Ordinal) ? Named(who).Namespace
        : Topology.Nodes.Single(node => node.Name == who).Namespace;

    /// <summary>Its address of a family.</summary>
    public IPAddress AddressOf(string who, int family) => who == "fabric"
        ? family == 4 ? LabAddressing.Fabric4(0) : LabAddressing.Fabric6(0)
        : who.Contains('/', StringComparison.Ordinal) ? family == 4 ? Named(who).Address4 : Named(who).Address6
        : Topology.Nodes.Single(node => node.Name == who) is var node && family == 4 ? node.Address4 : node.Address6;

    /// <summary>The workload <c>n1/w2</c>.</summary>
    public LabWorkload Named(string who) => Topology.Workloads.Single(workload => $"{workload}" == who);

    /// <summary>What all agents dropped, for messages.</summary>
    public string Drops() => string.Join('\n', Agents.Where(agent => agent.IsRunning).Select(agent => agent.AllDrops()));

    public LabWorkload Workload(int node, int number) => Topology.Nodes[node - 1].Workloads.Single(workload => workload.Number == number);

    /// <summary>Starts all agents and waits until each is ready.</summary>
    public async Task StartAgents(AgentOptions? options = null)
    {
        try
        {
            foreach (var agent in Agents)
            {
                // One after the other: the first fills the cache of compiled programs.
                await agent.StartAndWait(options ?? new AgentOptions());
            }
        }
        catch
        {
            // Nobody disposes of a test whose beginning failed.
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a resource file as an editor does it: all at once.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Resources, file);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes a resource file.</summary>
    public void Remove(string file) => File.Delete(Path.Combine(Resources, file));

    public void Announce(LabWorkload workload, string more = "") =>
        Write($"{workload.Node}-{workload.Name}.yaml", ResourceText.Endpoint(workload, more));

    public void Withdraw(LabWorkload workload) => Remove($"{workload.Node}-{workload.Name}.yaml");

    /// <summary>
    /// A workload that the lab's plan does not know: its interface's name and addresses are the test's choice. The
    /// namespace goes with the lab at the latest.
    /// </summary>
    public static NetworkNamespace Join(LabNode node, string name, string hostInterface, IPAddress address4, IPAddress address6)
    {
        var inside = NetworkNamespace.Create($"{node.Namespace.Name}-{name}");
        inside.Set(("net/ipv6/conf/all/accept_dad", "0"), ("net/ipv6/conf/default/accept_dad", "0"));
        node.Namespace.Ip(
            $"link add {hostInterface} address {LabAddressing.HostSideMac} type veth peer name eth0 netns {inside.Name}",
            $"link set {hostInterface} up");
        Configure(inside, address4, address6);
        return inside;
    }

    /// <summary>Gives <c>eth0</c> in a namespace its addresses and the workload's routes.</summary>
    public static void Configure(NetworkNamespace inside, IPAddress address4, IPAddress address6) => inside.Ip(
        $"addr add {address4}/32 dev eth0",
        $"addr add {address6}/128 dev eth0 nodad",
        "link set eth0 up",
        $"route add {LabAddressing.WorkloadGateway4} dev eth0 scope link",
        $"route add default via {LabAddressing.WorkloadGateway4} dev eth0 onlink",
        $"route add default via {LabAddressing.WorkloadGateway6} dev eth0");

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (var agent in Agents)
        {
            agent.Dispose();
        }

        Topology.Fabric.TryRun("umount", Bpffs);
        Topology.Dispose();
        _folder.Delete(recursive: true);
    }
}
