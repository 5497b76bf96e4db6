using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What a flow knows of one direction: 24 bytes, so that both fit the first cache line.</summary>
[CName("flow_direction")]
public struct FlowDirection
{
    public ulong Packets;
    public ulong Bytes;

    /// <summary>
    /// The sum of the stamps of the interfaces it enters and leaves by, as they were when its way was resolved; 0 = not
    /// resolved yet. A stamp is random and changes whenever what depends on the interface must be decided again.
    /// </summary>
    public uint Stamp;

    /// <summary>Where it leaves: a slot of the interface map; 0 is the host itself.</summary>
    public ushort Output;

    /// <summary>How it leaves: <see cref="ForwardingWay"/>.</summary>
    public byte Way;

    public byte Reserved;
}
