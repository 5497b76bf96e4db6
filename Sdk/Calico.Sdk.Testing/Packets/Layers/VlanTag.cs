using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>A VLAN tag (IEEE 802.1Q) behind an Ethernet header or another tag.</summary>
/// <param name="Id">The VLAN: 0 (a priority only) to 4095.</param>
public sealed record VlanTag(ushort Id) : Layer
{
    /// <summary>0 to 7.</summary>
    public byte Priority { get; init; }

    /// <summary>May be dropped first.</summary>
    public bool DropEligible { get; init; }

    /// <summary>The tag's own EtherType: 0x8100, or 0x88a8 of a provider's outer tag.</summary>
    public ushort ProtocolId { get; init; } = 0x8100;

    /// <summary>What follows; null: what the next header is.</summary>
    public ushort? EtherType { get; init; }

    internal override ushort? TypeNumber => ProtocolId;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)((Priority << 13) | (DropEligible ? 0x1000 : 0) | (Id & 0x0fff)));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), EtherType ?? place.Inner?.TypeNumber ?? EthernetHeader.Experimental);
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (VlanTag)layer with { EtherType = null }];

    internal override string Describe(LayerPlace place) => $"vlan {Id}";
}
