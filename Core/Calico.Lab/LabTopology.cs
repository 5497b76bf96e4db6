using System.Text.RegularExpressions;

namespace Calico.Lab;

/// <summary>
/// Nodes and workloads as network namespaces of this machine:
/// <code>
///  PREFIX-n1-w1 (eth0)─veth─(cali…) PREFIX-n1 (eth0)─veth─(n1-0) PREFIX-fabric: bridge br0
///  PREFIX-n1-w2 (eth0)─veth─(cali…)     │                          │
///  PREFIX-n2-w1 (eth0)─veth─(cali…) PREFIX-n2 (eth0)─veth─(n2-0)───┘
/// </code>
/// Nothing forwards until an agent does, or <see cref="UseKernelForwarding"/> is called. Built under a lock of its
/// prefix; what an earlier run under the prefix left behind is removed first.
/// </summary>
public sealed class LabTopology : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<LabProcess> _processes = [];
    private readonly RunFolder _folder;
    private readonly string _prefix;
    private bool _kernelForwarding;
    private bool _destroyed;

    private LabTopology(LabOptions options, RunFolder folder)
    {
        _folder = folder;
        _prefix = options.Prefix;
        Fabric = NetworkNamespace.Named($"{options.Prefix}-fabric");
        Nodes = [.. Enumerable.Range(1, options.Nodes).Select(number => new LabNode(options.Prefix, number, options.Uplinks))];
    }

    /// <summary>The namespace of the bridges; also a host outside the nodes (10.90.0.254, fd00:90::fe).</summary>
    public NetworkNamespace Fabric { get; }

    /// <summary>The nodes, n1 first.</summary>
    public IReadOnlyList<LabNode> Nodes { get; }

    /// <summary>The workloads of all nodes.</summary>
    public IEnumerable<LabWorkload> Workloads => Nodes.SelectMany(node => node.Workloads);

    /// <summary>Builds a lab. If that fails midway, nothing of it is left.</summary>
    public static LabTopology Create(LabOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = RunFolder.Take(options.Validated().Prefix);
        var lab = new LabTopology(options, folder);
        try
        {
            Clean(options.Prefix, folder);
            lab.Build(options);
            return lab;
        }
        catch
        {
            lab.Destroy();
            throw;
        }
    }

    /// <summary>
    /// Removes what a run under this prefix left behind when it was killed: its processes, if they still are the ones
    /// that it started, and its namespaces. An exception if such a lab is running.
    /// </summary>
    public static void RemoveLeftovers(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        LabOptions.CheckPrefix(prefix);
        using var folder = RunFolder.Take(prefix);
        Clean(prefix, folder);
    }

    /// <summary>Adds a workload to a node.</summary>
    public LabWorkload AddWorkload(LabNode node, string name) => AddWorkloads(node, [name])[0];

    /// <summary>Adds many workloads to a node in few steps.</summary>
    public IReadOnlyList<LabWorkload> AddWorkloads(LabNode node, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            LabOptions.CheckWorkloadName(name);
        }

        LabWorkload[] workloads = [.. names.Select(node.Admit)];
        LabBuilding.MakeWorkloads(node, workloads);
        if (_kernelForwarding)
        {
            KernelForwarding.Enable(node, workloads);
        }

        return workloads;
    }

    /// <summary>Removes a workload with its processes; its interface is gone from the node when this returns.</summary>
    public void RemoveWorkload(LabWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var node = Nodes.Single(candidate => candidate.Name == workload.Node);
        if (!node.Release(workload))
        {
            throw new LabException($"Node {node.Name} has no workload '{workload.Name}' (any more).");
        }

        foreach (var process in TakeProcesses(process => process.Inside.Name == workload.Namespace.Name))
        {
            process.Dispose();
        }

        // Deleting the namespace would delete the veth too, but some time later.
        node.Namespace.Ip($"link delete {workload.HostInterface}");
        workload.Namespace.Delete();
    }

    /// <summary>Routes from each node to the workloads of the others, as a routing daemon would make them.</summary>
    public void RouteBetweenNodes() => KernelForwarding.RouteBetween(Nodes);

    /// <summary>
    /// Lets the kernel forward between all workloads, present and to come, with routes and proxy ARP: the rival that a
    /// dataplane is measured against, on the same topology.
    /// </summary>
    public void UseKernelForwarding()
    {
        _kernelForwarding = true;
        foreach (var node in Nodes)
        {
            KernelForwarding.Enable(node);
        }

        RouteBetweenNodes();
    }

    /// <summary>Starts a process inside; it ends with the lab at the latest.</summary>
    public LabProcess Start(NetworkNamespace inside, params IReadOnlyList<string> command) => Start(inside, command, environment: null);

    /// <summary>Starts a process inside with further environment variables; it ends with the lab at the latest.</summary>
    public LabProcess Start(NetworkNamespace inside, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfZero(command.Count, nameof(command));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_destroyed, this);
            var process = new LabProcess(_folder, inside, command, environment);
            _processes.Add(process);
            return process;
        }
    }

    /// <summary>Kills what the lab started and deletes its namespaces.</summary>
    public void Destroy()
    {
        lock (_lock)
        {
            if (_destroyed)
            {
                return;
            }

            _destroyed = true;
        }

        using (_folder)
        {
            foreach (var process in TakeProcesses(_ => true))
            {
                process.Dispose();
            }

            Clean(_prefix, _folder);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Destroy();

    private void Build(LabOptions options)
    {
        LabBuilding.MakeNamespaces([Fabric, .. Nodes.Select(node => node.Namespace)]);
        LabBuilding.MakeFabric(Fabric, Nodes, options.Uplinks);
        foreach (var node in Nodes)
        {
            LabBuilding.ConfigureNode(node);
            AddWorkloads(node, [.. Enumerable.Range(1, options.WorkloadsPerNode).Select(number => $"w{number}")]);
        }
    }

    private List<LabProcess> TakeProcesses(Predicate<LabProcess> which)
    {
        lock (_lock)
        {
            var taken = _processes.FindAll(which);
            _processes.RemoveAll(which);
            return taken;
        }
    }

    private static void Clean(string prefix, RunFolder folder)
    {
        folder.KillNotedProcesses();

        // Only names that a lab gives: "demo" must not take "demo-n" or "demo2-n1" for its own.
        var own = new Regex($"^{Regex.Escape(prefix)}-(fabric|n[0-9]+(-.+)?)$");
        IpBatch.Run([.. NetworkNamespace.Names(own.IsMatch).Select(name => $"netns delete {name}")]);
    }
}
