using System.Buffers.Binary;
using System.Net;

namespace Calico.Harness.Packets;

/// <summary>An SCTP packet (RFC 9260).</summary>
public sealed record SctpPacket(ushort SourcePort, ushort DestinationPort) : Transport
{
    private const int HeaderLength = 12;

    public uint VerificationTag { get; init; }

    /// <summary>By default an INIT chunk of 20 bytes.</summary>
    public byte[] Chunks { get; init; } = [1, 0, 0, 20, 0, 0, 0, 1, 0, 0, 255, 255, 0, 1, 0, 1, 0, 0, 0, 1];

    public override byte Protocol => 132;

    public override byte[] Build(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[HeaderLength + Chunks.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), VerificationTag);
        Chunks.CopyTo(bytes, HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Checksum.Crc32C(bytes));
        return bytes;
    }
}
