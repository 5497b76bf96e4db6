using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>A VXLAN header (RFC 7348); it stands behind a UDP header, and an Ethernet header stands behind it.</summary>
/// <param name="NetworkId">The VXLAN network identifier, 24 bits.</param>
public sealed record VxlanHeader(uint NetworkId) : Layer
{
    /// <summary>The UDP port that IANA gave it.</summary>
    public const ushort Port = 4789;

    /// <summary>0x08: the network identifier counts.</summary>
    public byte Flags { get; init; } = 8;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[8];
        bytes[0] = Flags;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), NetworkId << 8);
        return bytes;
    }

    internal override string Describe(LayerPlace place) => $"VXLAN vni {NetworkId}";
}
