using System.Net;

namespace Calico.Core.Net;

/// <summary>A route to add, replace or delete.</summary>
public sealed record RouteSpec
{
    /// <summary>The destination; 0.0.0.0/0 or ::/0 for the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The gateway; of the other address family too (an IPv6 gateway for an IPv4 destination).</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface; needed when there is no gateway, and with <see cref="OnLink"/>.</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>Who makes it. A route is deleted only if this agrees; 0 when deleting: whoever made it.</summary>
    public byte Protocol { get; init; } = RouteProtocol.Static;

    /// <summary>How far it reaches; null: <c>link</c> without a gateway, else <c>universe</c> (what `ip route` does).</summary>
    public RouteScope? Scope { get; init; }

    /// <summary>What it does.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>The routing table.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>Lower wins; null: the kernel's default. When deleting, null matches any.</summary>
    public uint? Metric { get; init; }

    /// <summary>Take the gateway for attached to the interface although no route says so.</summary>
    public bool OnLink { get; init; }

    /// <summary>The source address for packets of this host.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = $"{Destination}";
        text += Gateway is null ? string.Empty : $" via {Gateway}";
        text += InterfaceIndex is { } index ? $" on interface {index}" : string.Empty;
        return Table == RouteTable.Main ? text : $"{text} in table {Table}";
    }
}
