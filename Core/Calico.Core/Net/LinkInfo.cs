namespace Calico.Core.Net;

/// <summary>A network interface as the kernel describes it.</summary>
public sealed record LinkInfo
{
    /// <summary>The interface index; unique within its network namespace.</summary>
    public required int Index { get; init; }

    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of virtual device (veth, vxlan, bridge, tun, …); empty for hardware and loopback.</summary>
    public required string Kind { get; init; }

    /// <summary>The Ethernet address; zero where the device has none.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>The largest packet, in bytes without the Ethernet header.</summary>
    public required int Mtu { get; init; }

    /// <summary>Set up by the administrator.</summary>
    public required bool Up { get; init; }

    /// <summary>Up, and the carrier is there: packets can pass.</summary>
    public required bool Running { get; init; }

    /// <summary>This is <c>lo</c>.</summary>
    public required bool LoopBack { get; init; }

    /// <summary>For a veth its peer's index, for a VLAN or tunnel its lower device; null if there is none.</summary>
    public required int? PeerIndex { get; init; }

    /// <summary>
    /// The id under which this namespace knows the namespace of <see cref="PeerIndex"/>; null if that is this one.
    /// A veth whose peer moves tells nobody: the value is as of the last event or question about this link.
    /// </summary>
    public required int? PeerNetnsId { get; init; }

    /// <summary>False for devices that carry bare IP packets (tun, wireguard, ppp).</summary>
    public required bool HasEthernetHeader { get; init; }

    /// <summary>The bridge or bond that this is a port of; null if none.</summary>
    public required int? MasterIndex { get; init; }

    /// <summary>A veth whose other end is in another network namespace: what bpf_redirect_peer needs.</summary>
    public bool HasPeerElsewhere => Kind == "veth" && PeerNetnsId is not null;
}
