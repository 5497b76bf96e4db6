using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>Packets and bytes.</summary>
[CName("packet_count")]
public struct PacketCount
{
    public ulong Packets;
    public ulong Bytes;
}
