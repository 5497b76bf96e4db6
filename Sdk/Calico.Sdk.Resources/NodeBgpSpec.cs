using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <summary>How the other nodes reach a node. Calico keeps it under <c>bgp</c>, with or without BGP.</summary>
public sealed record NodeBgpSpec
{
    /// <summary>The node's IPv4 address, with the prefix length of its network; null if it has none.</summary>
    public InterfaceAddress? IPv4Address { get; init; }

    /// <summary>The node's IPv6 address, with the prefix length of its network; null if it has none.</summary>
    public InterfaceAddress? IPv6Address { get; init; }

    /// <summary>The address of the node's IP-in-IP device; null if it has none.</summary>
    public IPAddress? IPv4IpipTunnelAddress { get; init; }

    internal static NodeBgpSpec Read(FieldReader bgp)
    {
        var read = new NodeBgpSpec
        {
            IPv4Address = bgp.ParsedObject<InterfaceAddress>("ipv4Address", InterfaceAddress.TryParse),
            IPv6Address = bgp.ParsedObject<InterfaceAddress>("ipv6Address", InterfaceAddress.TryParse),
            IPv4IpipTunnelAddress = bgp.Address("ipv4IPIPTunnelAddr", AddressFamily.InterNetwork),
        };
        bgp.WithoutEffect("asNumber", "routeReflectorClusterID");
        RequireFamily(bgp, "ipv4Address", read.IPv4Address?.Address, AddressFamily.InterNetwork);
        RequireFamily(bgp, "ipv6Address", read.IPv6Address?.Address, AddressFamily.InterNetworkV6);
        return read;
    }

    private static void RequireFamily(FieldReader bgp, string field, IPAddress? address, AddressFamily family)
    {
        if (address is not null && address.AddressFamily != family)
        {
            bgp.Error(field, $"'{address}' is not an {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address");
        }
    }
}
