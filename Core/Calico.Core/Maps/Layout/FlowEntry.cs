using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>
/// A tracked connection: 192 bytes, three cache lines, of which an established packet needs the first and, where it
/// goes to a next hop, the second.
/// </summary>
[CName("flow")]
public struct FlowEntry
{
    /// <summary>The kernel tick (low 32 bits of jiffies) of the last packet.</summary>
    public uint LastSeen;

    /// <summary><see cref="FlowState"/>.</summary>
    public byte State;

    /// <summary><see cref="FlowFlags"/>.</summary>
    public byte Flags;

    /// <summary>TCP flags seen from the initiator.</summary>
    public byte InitiatorTcpFlags;

    /// <summary>TCP flags seen from the responder.</summary>
    public byte ResponderTcpFlags;

    /// <summary>The on-demand stages that the flow subscribed to, one bit each.</summary>
    public ulong Stages;

    /// <summary>From the lower end to the higher.</summary>
    public FlowDirection LowToHigh;

    /// <summary>From the higher end to the lower.</summary>
    public FlowDirection HighToLow;

    /// <summary>The next hop for <see cref="LowToHigh"/>, where its way is <see cref="ForwardingWay.Neigh"/>.</summary>
    public AddressWords LowToHighNextHop;

    /// <summary>The next hop for <see cref="HighToLow"/>.</summary>
    public AddressWords HighToLowNextHop;

    /// <summary>The tick at which a RST was seen.</summary>
    public uint ResetAt;

    /// <summary>For a translated flow: the tick at which its partner was last looked after.</summary>
    public uint TouchedAt;

    /// <summary>For a translated flow: the tuple that its packets get, which also gives the key of its partner.</summary>
    public FlowRewrite Rewrite;

    /// <summary>What plugins claimed.</summary>
    public FlowFieldBytes Fields;
}
