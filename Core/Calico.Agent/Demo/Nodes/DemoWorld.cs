using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Peers;
using Calico.Lab;

namespace Calico.Agent.Demo.Nodes;

/// <summary>The demo's machines: the lab, the nodes with their agents, and everybody who sends and answers.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    /// <summary>The host outside of all nodes.</summary>
    public const string Outside = "outside";

    private static readonly TimeSpan s_peerLimit = TimeSpan.FromSeconds(60);

    private readonly LabTopology _lab;
    private readonly Dictionary<string, DemoPeer> _peers = [];
    private readonly Action<string> _tell;

    private DemoWorld(DemoPlace place, LabTopology lab, IReadOnlyList<DemoNode> nodes, Action<string> tell)
    {
        Place = place;
        _lab = lab;
        Nodes = nodes;
        _tell = tell;
    }

    public DemoPlace Place { get; }

    public IReadOnlyList<DemoNode> Nodes { get; }

    public DemoNode First => Nodes[0];

    /// <summary>A peer by its name: <c>n1/w1</c>, <c>n1</c> or <see cref="Outside"/>.</summary>
    public DemoPeer this[string name] => _peers[name];

    public IReadOnlyCollection<DemoPeer> Peers => _peers.Values;

    /// <summary>Removes what an earlier demo left, and builds the machines of this one. Nothing runs on them yet.</summary>
    public static DemoWorld Build(DemoPlace place, int nodes, IReadOnlyList<string> plugins, Action<string> tell)
    {
        // The lab's lock first: nothing of a demo that still runs is taken for a leftover.
        LabTopology lab = LabTopology.Create(new LabOptions { Prefix = place.LabPrefix, Nodes = nodes });
        try
        {
            place.Remove();
            Directory.CreateDirectory(place.Peers);
            IReadOnlyList<string> folders = PluginFolders.Find(plugins, place.Plugins);
            tell(folders.Count == 0 ? "No plugins: the chain is the spine alone." : $"Plugins: {string.Join(", ", folders)}");
            foreach (LabNode node in lab.Nodes)
            {
                NodeFiles.WriteNode(place, node);
            }

            foreach (LabWorkload workload in lab.Workloads)
            {
                NodeFiles.WriteEndpoint(place, workload);
            }

            return new DemoWorld(
                place, lab, [.. lab.Nodes.Select(node => new DemoNode(lab, node, NodeFiles.WriteConfiguration(place, node, folders)))], tell);
        }
        catch
        {
            lab.Destroy();
            place.Remove();
            throw;
        }
    }

    /// <summary>Starts agents and peers, and waits until all can be asked.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Task[] peers =
        [
            .. _lab.Workloads.Select(workload => AddPeerAsync(workload, cancellationToken)),
            .. _lab.Nodes.Select(node => AddPeerAsync(node.Name, node.Namespace, $"{node.Address4}", $"{node.Address6}", cancellationToken)),
            AddPeerAsync(Outside, _lab.Fabric, $"{LabAddressing.Fabric4(0)}", $"{LabAddressing.Fabric6(0)}", cancellationToken),
        ];
        await Task.WhenAll([StartAgentsAsync(cancellationToken), .. peers]);
    }

    /// <summary>Starts the agent of a node, and says how long it took.</summary>
    public async Task StartAgentAsync(DemoNode node, CancellationToken cancellationToken)
    {
        TimeSpan duration = await node.StartAsync(cancellationToken);
        _tell($"The agent of {node.Name} was ready after {duration.TotalSeconds:0.0} s.");
    }

    /// <summary>Starts the peer process of a workload.</summary>
    public Task AddPeerAsync(LabWorkload workload, CancellationToken cancellationToken) => AddPeerAsync(
        $"{workload.Node}/{workload.Name}", workload.Namespace, $"{workload.Address4}", $"{workload.Address6}", cancellationToken);

    /// <summary>A workload that nobody has told the agents of.</summary>
    public LabWorkload AddWorkload(DemoNode node, string name) => _lab.AddWorkload(node.Lab, name);

    /// <summary>Removes a workload, with its peer if it has one.</summary>
    public void RemoveWorkload(LabWorkload workload)
    {
        _lab.RemoveWorkload(workload);
        if (_peers.Remove($"{workload.Node}/{workload.Name}", out DemoPeer? peer))
        {
            peer.Client.Dispose();
        }
    }

    /// <summary>Ends and removes all of it, whatever fails on the way.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (DemoNode node in Nodes)
        {
            await TryAsync($"the dataplane of {node.Name}", node.RemoveAsync);
            node.Dispose();
        }

        foreach (DemoPeer peer in _peers.Values)
        {
            peer.Client.Dispose();
        }

        await TryAsync("the network namespaces", () =>
        {
            _lab.Destroy();
            return Task.CompletedTask;
        });
        await TryAsync("the demo's folders", () =>
        {
            Place.Remove();
            return Task.CompletedTask;
        });
    }

    // The first agent compiles, if anything must be; the others find it done.
    private async Task StartAgentsAsync(CancellationToken cancellationToken)
    {
        await StartAgentAsync(First, cancellationToken);
        await Task.WhenAll(Nodes.Skip(1).Select(node => StartAgentAsync(node, cancellationToken)));
    }

    private async Task AddPeerAsync(string name, NetworkNamespace inside, string address4, string address6, CancellationToken cancellationToken)
    {
        string control = Path.Combine(Place.Peers, name.Replace('/', '-') + ".sock");
        LabProcess process = _lab.Start(inside, [.. OwnExecutable.Command, PeerCommand.Name, name, "--control", control]);
        await process.WaitForLine(line => line == Peer.ReadyLine, s_peerLimit, cancellationToken);
        lock (_peers)
        {
            _peers.Add(name, new DemoPeer(new PeerClient(name, control), inside, address4, address6));
        }
    }

#pragma warning disable CA1031 // The rest must be removed all the same.
    private async Task TryAsync(string what, Func<Task> remove)
    {
        try
        {
            await remove();
        }
        catch (Exception error)
        {
            _tell($"Not all was removed: {what}: {error.Message} The next `calico demo` tries again.");
        }
    }
#pragma warning restore CA1031
}
