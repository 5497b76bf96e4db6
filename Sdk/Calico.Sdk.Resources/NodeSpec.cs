using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <summary>What a <see cref="Node"/> says of its machine.</summary>
public sealed record NodeSpec
{
    /// <summary>The node's addresses towards the others; null if the resource does not say.</summary>
    public NodeBgpSpec? Bgp { get; init; }

    /// <summary>All addresses of the node.</summary>
    public IReadOnlyList<NodeAddress> Addresses { get; init; } = [];

    /// <summary>The names that orchestrators know the node by.</summary>
    public IReadOnlyList<OrchestratorReference> OrchestratorReferences { get; init; } = [];

    /// <summary>The IPv4 address of the node's VXLAN device; null if it has none.</summary>
    public IPAddress? IPv4VxlanTunnelAddress { get; init; }

    /// <summary>The Ethernet address of the node's VXLAN device for IPv4; null if it is derived.</summary>
    public MacAddress? VxlanTunnelMac { get; init; }

    /// <summary>The IPv6 address of the node's VXLAN device; null if it has none.</summary>
    public IPAddress? IPv6VxlanTunnelAddress { get; init; }

    /// <summary>The Ethernet address of the node's VXLAN device for IPv6; null if it is derived.</summary>
    public MacAddress? VxlanTunnelMacV6 { get; init; }

    internal static NodeSpec Read(FieldReader spec)
    {
        FieldReader bgp = spec.Optional("bgp");
        var read = new NodeSpec
        {
            Bgp = bgp.IsPresent ? NodeBgpSpec.Read(bgp) : null,
            Addresses = [.. spec.Mappings("addresses").Select(NodeAddress.Read)],
            OrchestratorReferences = [.. spec.Mappings("orchRefs").Select(OrchestratorReference.Read)],
            IPv4VxlanTunnelAddress = spec.Address("ipv4VXLANTunnelAddr", AddressFamily.InterNetwork),
            VxlanTunnelMac = spec.Parsed<MacAddress>("vxlanTunnelMACAddr", MacAddress.TryParse),
            IPv6VxlanTunnelAddress = spec.Address("ipv6VXLANTunnelAddr", AddressFamily.InterNetworkV6),
            VxlanTunnelMacV6 = spec.Parsed<MacAddress>("vxlanTunnelMACAddrV6", MacAddress.TryParse),
        };
        spec.WithoutEffect("wireguard");
        return read;
    }
}
