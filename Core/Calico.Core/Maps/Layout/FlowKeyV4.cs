using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>
/// The direction-neutral key of an IPv4 flow: the two ends ordered by (address, port), so that both directions find
/// one entry. 16 bytes, so that with the kernel's 48-byte element header the flow begins on a cache line.
/// </summary>
[CName("flow_key_v4")]
public struct FlowKeyV4
{
    /// <summary>The lower end's address, network byte order.</summary>
    public uint LowAddress;

    /// <summary>The higher end's address.</summary>
    public uint HighAddress;

    /// <summary>The lower end's port, network byte order; the identifier for ICMP echo; 0 where there is none.</summary>
    public ushort LowPort;

    /// <summary>The higher end's port.</summary>
    public ushort HighPort;

    /// <summary>The IP protocol number.</summary>
    public uint Protocol;
}
