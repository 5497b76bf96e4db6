namespace Calico.Core.Configuration;

/// <summary>What an interface leads to; it decides which hooks and stages it gets.</summary>
public enum InterfaceKind
{
    /// <summary>To one workload.</summary>
    Workload,

    /// <summary>To the outside: an uplink of the node.</summary>
    Host,

    /// <summary>To other nodes, encapsulated.</summary>
    Tunnel,
}
