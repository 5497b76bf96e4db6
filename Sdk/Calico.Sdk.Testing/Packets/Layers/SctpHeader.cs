using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>An SCTP common header (RFC 9260); the chunks are the payload behind it.</summary>
/// <param name="SourcePort">Of the sender.</param>
/// <param name="DestinationPort">Of the receiver.</param>
public sealed record SctpHeader(ushort SourcePort, ushort DestinationPort) : PortHeader(SourcePort, DestinationPort)
{
    /// <summary>Tells old packets from those of this association.</summary>
    public uint VerificationTag { get; init; }

    /// <summary>CRC32c; null: the right one.</summary>
    public uint? Checksum { get; init; }

    internal const byte Number = 132;

    /// <summary>An INIT chunk of 20 bytes.</summary>
    internal static byte[] Init { get; } = [1, 0, 0, 20, 0, 0, 0, 1, 0, 0, 255, 255, 0, 1, 0, 1, 0, 0, 0, 1];

    internal override byte? ProtocolNumber => Number;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), VerificationTag);
        byte[] whole = [.. bytes, .. place.Carried];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Checksum ?? Testing.Checksum.Crc32C(whole));
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (SctpHeader)layer with { Checksum = null }];

    internal override string Describe(LayerPlace place) => "SCTP" + (Checksum is null ? "" : ", wrong SCTP checksum");
}
