using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain;

/// <summary>
/// The reasons for which the spine itself drops. A reason's number is its place here, counted from 1: append, never
/// reorder or remove, because counters and events of a running generation carry the numbers.
/// </summary>
public static class SpineDropReasons
{
    /// <summary>The owner of what Core itself contributes.</summary>
    public const string Owner = "core";

    /// <summary>In the order of their numbers, beginning with 1.</summary>
    public static IReadOnlyList<DropReasonDeclaration> All { get; } =
    [
        new(Owner, "MALFORMED", "the packet's headers contradict themselves or its length"),
        new(Owner, "UNKNOWN_INTERFACE", "the chain does not know the interface that the packet came through"),
        new(Owner, "SPOOFED_SOURCE", "the source address does not belong to the workload"),
        new(Owner, "FRAGMENT", "a later IP fragment; not handled yet"),
        new(Owner, "TOO_MANY_HEADERS", "more than 8 IPv6 extension headers"),
        new(Owner, "NO_ROUTE", "no route to the destination"),
        new(Owner, "TCP_WITHOUT_FLOW", "a TCP segment that opens no connection and belongs to none"),
        new(Owner, "TTL_EXCEEDED", "the TTL or hop limit ran out on this node"),
        new(Owner, "MISSED_CALL", "a tail call found its slot empty"),
        new(Owner, "FLOW_TABLE_FULL", "the flow table has no room for another flow"),
        new(Owner, "UNSUPPORTED_PROTOCOL", "neither IPv4, IPv6 nor ARP"),
        new(Owner, "NOT_DECIDED", "a stage returned no verdict"),
        new(Owner, "TUNNEL_FORBIDDEN", "a workload may not send tunnelled traffic"),
        new(Owner, "PACKET_TOO_BIG", "larger than the MTU of the way out, and may not be fragmented"),
        new(Owner, "REWRITE_FAILED", "the kernel refused to change the packet"),
    ];
}
