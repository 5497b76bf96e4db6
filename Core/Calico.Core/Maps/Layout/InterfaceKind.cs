using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What an interface is to the node.</summary>
[CName("interface_kind")]
public enum InterfaceKind : byte
{
    /// <summary>Not ours.</summary>
    None = 0,

    /// <summary>The node's own stack: slot 0.</summary>
    Stack = 1,

    /// <summary>The host side of a workload's link.</summary>
    Workload = 2,

    /// <summary>An uplink.</summary>
    Host = 3,

    /// <summary>A tunnel device.</summary>
    Tunnel = 4,
}
