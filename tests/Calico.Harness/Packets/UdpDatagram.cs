using System.Buffers.Binary;
using System.Net;

namespace Calico.Harness.Packets;

/// <summary>A UDP datagram (RFC 768).</summary>
public sealed record UdpDatagram(ushort SourcePort, ushort DestinationPort) : Transport
{
    private const int HeaderLength = 8;

    public byte[] Payload { get; init; } = "calico"u8.ToArray();

    public override byte Protocol => 17;

    public override byte[] Build(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[HeaderLength + Payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), (ushort)bytes.Length);
        Payload.CopyTo(bytes, HeaderLength);
        var checksum = Checksum.Of(bytes, Checksum.PseudoHeader(source, destination, Protocol, bytes.Length));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), checksum == 0 ? ushort.MaxValue : checksum);
        return bytes;
    }
}
