using System.Net;

namespace Calico.Lab;

/// <summary>A node: a namespace with one or two uplinks to the fabric, and its workloads.</summary>
public sealed class LabNode
{
    private readonly Lock _lock = new();
    private readonly List<LabWorkload> _workloads = [];
    private int _lastNumber;

    internal LabNode(string prefix, int number, int uplinks)
    {
        Number = number;
        Name = $"n{number}";
        Namespace = NetworkNamespace.Named($"{prefix}-{Name}");
        Uplinks = [.. Enumerable.Range(0, uplinks).Select(uplink => $"eth{uplink}")];
    }

    /// <summary>n1, n2, …</summary>
    public string Name { get; }

    /// <summary>From 1; its addresses follow from it.</summary>
    public int Number { get; }

    /// <summary>Where its agent runs.</summary>
    public NetworkNamespace Namespace { get; }

    /// <summary>The names of its uplinks: eth0, and eth1 if it was asked for.</summary>
    public IReadOnlyList<string> Uplinks { get; }

    /// <summary>Its IPv4 address on the first uplink, in a /24.</summary>
    public IPAddress Address4 => LabAddressing.Uplink4(0, Number);

    /// <summary>Its IPv6 address on the first uplink, in a /64.</summary>
    public IPAddress Address6 => LabAddressing.Uplink6(0, Number);

    /// <summary>The workloads that it has now.</summary>
    public IReadOnlyList<LabWorkload> Workloads
    {
        get
        {
            lock (_lock)
            {
                return [.. _workloads];
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Gives a workload its number and addresses; its namespace is not there yet.</summary>
    internal LabWorkload Admit(string name)
    {
        lock (_lock)
        {
            if (_workloads.Any(workload => workload.Name == name))
            {
                throw new LabException($"Node {Name} has a workload named '{name}' already.");
            }

            // Numbers are not given twice: a workload that comes anew has a new address.
            if (++_lastNumber > LabAddressing.MaxWorkloads)
            {
                throw new LabException($"Node {Name} has given out all {LabAddressing.MaxWorkloads} workload addresses.");
            }

            var workload = new LabWorkload
            {
                Name = name,
                Number = _lastNumber,
                Node = Name,
                Namespace = NetworkNamespace.Named($"{Namespace.Name}-{name}"),
                HostInterface = LabAddressing.HostInterface(Name, name),
                Address4 = LabAddressing.Workload4(Number, _lastNumber),
                Address6 = LabAddressing.Workload6(Number, _lastNumber),
                Mac = LabAddressing.WorkloadMac(Number, _lastNumber),
            };
            _workloads.Add(workload);
            return workload;
        }
    }

    internal bool Release(LabWorkload workload)
    {
        lock (_lock)
        {
            return _workloads.Remove(workload);
        }
    }
}
