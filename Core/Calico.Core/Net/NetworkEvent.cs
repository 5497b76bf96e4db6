namespace Calico.Core.Net;

/// <summary>Something changed in the network namespace that a <see cref="NetlinkMonitor"/> watches.</summary>
public abstract record NetworkEvent
{
    private protected NetworkEvent()
    {
    }
}

/// <summary>A link appeared or changed; the kernel often says so more than once for one change.</summary>
/// <param name="Link">The link as it is now.</param>
public sealed record LinkChanged(LinkInfo Link) : NetworkEvent;

/// <summary>A link went away: deleted, or moved to another network namespace.</summary>
/// <param name="Link">The link as it last was.</param>
public sealed record LinkRemoved(LinkInfo Link) : NetworkEvent;

/// <summary>An address was set or changed (an IPv6 address: also when its duplicate detection is done).</summary>
/// <param name="Address">The address as it is now.</param>
public sealed record AddressChanged(AddressInfo Address) : NetworkEvent;

/// <summary>An address was taken away.</summary>
/// <param name="Address">The address as it last was.</param>
public sealed record AddressRemoved(AddressInfo Address) : NetworkEvent;

/// <summary>
/// A route was added or replaced. For an IPv4 route that goes away because its interface went down or was deleted, the
/// kernel sends no event: take <see cref="LinkRemoved"/> and a link without <see cref="LinkInfo.Up"/> as the end of
/// the IPv4 routes through it.
/// </summary>
/// <param name="Route">The route as it is now.</param>
public sealed record RouteChanged(RouteInfo Route) : NetworkEvent;

/// <summary>A route was deleted.</summary>
/// <param name="Route">The route as it last was.</param>
public sealed record RouteRemoved(RouteInfo Route) : NetworkEvent;

/// <summary>Events were lost because they came faster than they were taken: read the current state again.</summary>
public sealed record Overrun : NetworkEvent;
