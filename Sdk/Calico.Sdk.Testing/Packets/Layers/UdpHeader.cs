using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>A UDP header (RFC 768).</summary>
/// <param name="SourcePort">Of the sender.</param>
/// <param name="DestinationPort">Of the receiver.</param>
public sealed record UdpHeader(ushort SourcePort, ushort DestinationPort) : PortHeader(SourcePort, DestinationPort)
{
    /// <summary>Header and payload in bytes; null: the right one.</summary>
    public ushort? Length { get; init; }

    /// <summary>Null: the right one; 0: none was made, which IPv4 allows.</summary>
    public ushort? Checksum { get; init; }

    internal const byte Number = 17;

    internal override byte? ProtocolNumber => Number;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), Length ?? (ushort)(bytes.Length + place.Carried.Length));
        var checksum = ChecksumOf(place, Number, bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), Checksum ?? (checksum == 0 ? ushort.MaxValue : checksum));
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (UdpHeader)layer with { Length = null }, layer => (UdpHeader)layer with { Checksum = null }];

    internal override string Describe(LayerPlace place) =>
        "UDP" + (Length is { } length ? $", wrong UDP length {length}" : "")
        + (Checksum switch { null => "", 0 => ", no UDP checksum", _ => ", wrong UDP checksum" });
}
