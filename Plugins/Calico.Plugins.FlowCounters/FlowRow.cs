namespace Calico.Plugins.FlowCounters;

/// <summary>One flow as <c>calico flows</c> shows it. "Forward" is the initiator's direction.</summary>
/// <param name="Protocol">Its name, or its number where it has none here.</param>
/// <param name="Source">The initiator: address and port, or address and ICMP identifier.</param>
/// <param name="Destination">What the initiator addressed.</param>
/// <param name="State">The connection's state.</param>
/// <param name="In">The interface where the initiator's packets enter; null for the host's own.</param>
/// <param name="Out">The interface where they leave; null where they go to the host.</param>
/// <param name="ForwardPackets">Packets of the initiator.</param>
/// <param name="ForwardBytes">Bytes of the initiator.</param>
/// <param name="ReplyPackets">Packets that came back.</param>
/// <param name="ReplyBytes">Bytes that came back.</param>
/// <param name="Started">The first packet; null for a flow that is older than the plugin.</param>
/// <param name="LastSeen">The last packet.</param>
/// <param name="AgeSeconds">Since the first packet.</param>
public sealed record FlowRow(
    string Protocol,
    string Source,
    string Destination,
    string State,
    string? In,
    string? Out,
    ulong ForwardPackets,
    ulong ForwardBytes,
    ulong ReplyPackets,
    ulong ReplyBytes,
    DateTimeOffset? Started,
    DateTimeOffset LastSeen,
    double? AgeSeconds);
