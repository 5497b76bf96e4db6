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

    public LabWorkload Workload(int node, int number) => Topology.Nodes[node - 1].Workloads.Single(workload => workload.Number == number);

    /// <summary>Starts all agents and waits until each is ready.</summary>
    public async Task StartAgents(AgentOptions? options = null)
    {
        foreach (var agent in Agents)
        {
            // One after the other: the first fills the cache of compiled programs.
            await agent.StartAndWait(options ?? new AgentOptions());
        }
    }

    /// <summary>Writes a resource file as an editor does it: all at once.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Resources, file);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Announce(LabWorkload workload, string more = "") =>
        Write($"{workload.Node}-{workload.Name}.yaml", ResourceText.Endpoint(workload, more));

    public void Withdraw(LabWorkload workload) => File.Delete(Path.Combine(Resources, $"{workload.Node}-{workload.Name}.yaml"));

    public void Dispose()
    {
        foreach (var agent in Agents)
        {
            agent.Dispose();
        }

        Topology.Fabric.TryRun("umount", Bpffs);
        Topology.Dispose();
        _folder.Delete(recursive: true);
    }
}
