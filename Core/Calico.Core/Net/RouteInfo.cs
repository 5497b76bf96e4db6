using System.Net;

namespace Calico.Core.Net;

/// <summary>What a route does with a packet; the kernel's RTN_ values.</summary>
public enum RouteType
{
    /// <summary>Sends it to a gateway or an attached neighbour.</summary>
    Unicast = 1,

    /// <summary>Takes it in: it is for this host.</summary>
    Local = 2,

    /// <summary>Takes it in as a broadcast.</summary>
    Broadcast = 3,

    /// <summary>Takes it in for any of several hosts.</summary>
    Anycast = 4,

    /// <summary>Multicast.</summary>
    Multicast = 5,

    /// <summary>Drops it in silence.</summary>
    Blackhole = 6,

    /// <summary>Drops it with "destination unreachable".</summary>
    Unreachable = 7,

    /// <summary>Drops it with "administratively prohibited".</summary>
    Prohibit = 8,

    /// <summary>Goes on to the next rule's table.</summary>
    Throw = 9,
}

/// <summary>Numbers of the routing tables that every Linux has.</summary>
public static class RouteTable
{
    /// <summary>The table that `ip route` shows.</summary>
    public const uint Main = 254;

    /// <summary>The kernel's own table of local and broadcast addresses.</summary>
    public const uint Local = 255;
}

/// <summary>Who made a route: the kernel's RTPROT_ numbers.</summary>
public static class RouteProtocol
{
    /// <summary>The kernel, for an address of an interface.</summary>
    public const byte Kernel = 2;

    /// <summary>At boot; `ip route add` without a protocol.</summary>
    public const byte Boot = 3;

    /// <summary>The administrator.</summary>
    public const byte Static = 4;

    /// <summary>Router advertisements.</summary>
    public const byte RouterAdvertisement = 9;
}

/// <summary>One way out of a route.</summary>
/// <param name="InterfaceIndex">The interface, 0 if the kernel names none.</param>
/// <param name="Gateway">The gateway; null if the destination is directly attached.</param>
/// <param name="Weight">Its share among several, 1 and up.</param>
public sealed record NextHop(int InterfaceIndex, IPAddress? Gateway, int Weight);

/// <summary>A route as the kernel has it.</summary>
public sealed record RouteInfo
{
    /// <summary>The destination; 0.0.0.0/0 or ::/0 for the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The gateway of the first next hop; null if directly attached.</summary>
    public required IPAddress? Gateway { get; init; }

    /// <summary>The interface of the first next hop; null for blackhole and its like.</summary>
    public required int? InterfaceIndex { get; init; }

    /// <summary>Who made it, see <see cref="RouteProtocol"/>.</summary>
    public required byte Protocol { get; init; }

    /// <summary>How far it reaches.</summary>
    public required RouteScope Scope { get; init; }

    /// <summary>What it does.</summary>
    public required RouteType Type { get; init; }

    /// <summary>The routing table, see <see cref="RouteTable"/>.</summary>
    public required uint Table { get; init; }

    /// <summary>Lower wins. IPv4 routes without one have 0, IPv6 routes 1024.</summary>
    public required uint Metric { get; init; }

    /// <summary>The source address for packets of this host; null if the kernel chooses.</summary>
    public required IPAddress? PreferredSource { get; init; }

    /// <summary>The second and later ways out of a multipath route; usually empty.</summary>
    public IReadOnlyList<NextHop> FurtherNextHops { get; init; } = [];
}
