using System.Net;
using System.Runtime.InteropServices;

namespace Calico.Core.Net;

/// <summary>How far an address or a route reaches; the kernel's rtnetlink scope.</summary>
public enum RouteScope
{
    /// <summary>Everywhere.</summary>
    Universe = 0,

    /// <summary>Within the site (IPv6, historical).</summary>
    Site = 200,

    /// <summary>Directly attached, no gateway.</summary>
    Link = 253,

    /// <summary>This host only.</summary>
    Host = 254,

    /// <summary>Nowhere.</summary>
    Nowhere = 255,
}

/// <summary>State of an address, from the kernel's IFA_F_ bits.</summary>
[Flags]
public enum AddressStates
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>A second IPv4 address of the same network; for IPv6, a temporary one.</summary>
    Secondary = 0x01,

    /// <summary>Duplicate address detection is off for it.</summary>
    NoDuplicateDetection = 0x02,

    /// <summary>Duplicate address detection found another owner.</summary>
    DuplicateFound = 0x08,

    /// <summary>Not to be used for new connections.</summary>
    Deprecated = 0x20,

    /// <summary>Duplicate address detection is under way; the address does not work yet.</summary>
    Tentative = 0x40,

    /// <summary>Set by hand, without a lifetime.</summary>
    Permanent = 0x80,
}

/// <summary>An address of an interface.</summary>
public sealed record AddressInfo
{
    /// <summary>The interface that has it.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The address itself (for a point-to-point device, this side's).</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The length of its network's prefix.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>How far it reaches; link-local addresses have <see cref="RouteScope.Link"/>.</summary>
    public required RouteScope Scope { get; init; }

    /// <summary>Its state; bits that are not named here are kept.</summary>
    public required AddressStates States { get; init; }
}

internal static class AddressParser
{
    internal static AddressInfo? Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderSize.Address || payload[0] is not (Family.Ipv4 or Family.Ipv6))
        {
            return null;
        }

        var size = payload[0] == Family.Ipv4 ? 4 : 16;
        uint flags = payload[2];
        IPAddress? address = null, local = null;
        foreach (var attribute in new NetlinkAttributes(payload[HeaderSize.Address..]))
        {
            switch (attribute.Type)
            {
                case AddressAttribute.Address when attribute.Value.Length == size:
                    address = new IPAddress(attribute.Value);
                    break;
                case AddressAttribute.Local when attribute.Value.Length == size:
                    local = new IPAddress(attribute.Value);
                    break;
                case AddressAttribute.Flags:
                    // The header has room for eight bits only; this attribute has them all.
                    flags = attribute.AsUInt32;
                    break;
            }
        }

        // On a point-to-point device IFA_ADDRESS is the other side, and IFA_LOCAL this one.
        return (local ?? address) is not { } own ? null : new AddressInfo
        {
            InterfaceIndex = MemoryMarshal.Read<int>(payload[4..]),
            Address = own,
            PrefixLength = payload[1],
            Scope = (RouteScope)payload[3],
            States = (AddressStates)flags,
        };
    }
}
