using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What an interface can do.</summary>
[Flags]
[CName("interface_flags")]
public enum InterfaceFlags : byte
{
    None = 0,

    /// <summary>A veth whose peer is in another namespace: <c>bpf_redirect_peer</c> works.</summary>
    PeerElsewhere = 1,

    /// <summary>The workload's MAC address is known.</summary>
    PeerMacKnown = 2,

    /// <summary>Frames have an Ethernet header.</summary>
    Ethernet = 4,
}
