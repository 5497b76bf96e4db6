using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What stands behind a route.</summary>
[CName("route_kind")]
public enum RouteKind : byte
{
    /// <summary>Unknown here: the kernel's routing table decides.</summary>
    None = 0,

    /// <summary>A workload of this node.</summary>
    LocalWorkload = 1,

    /// <summary>The node itself.</summary>
    Host = 2,

    /// <summary>A workload of another node.</summary>
    RemoteWorkload = 3,

    /// <summary>Nobody: packets are dropped.</summary>
    Blackhole = 4,
}
