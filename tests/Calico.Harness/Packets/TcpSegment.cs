using System.Buffers.Binary;
using System.Net;

namespace Calico.Harness.Packets;

/// <summary>A TCP segment (RFC 9293).</summary>
public sealed record TcpSegment(ushort SourcePort, ushort DestinationPort, TcpFlags Flags) : Transport
{
    private const int HeaderLength = 20;

    public uint Sequence { get; init; } = 1000;

    public uint Acknowledgment { get; init; }

    public ushort Window { get; init; } = 64_240;

    /// <summary>A multiple of four bytes.</summary>
    public byte[] Options { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    public override byte Protocol => 6;

    public override byte[] Build(IPAddress source, IPAddress destination)
    {
        var bytes = new byte[HeaderLength + Options.Length + Payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Acknowledgment);
        bytes[12] = (byte)((HeaderLength + Options.Length) / 4 << 4);
        bytes[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), Window);
        Options.CopyTo(bytes, HeaderLength);
        Payload.CopyTo(bytes, HeaderLength + Options.Length);
        BinaryPrimitives.WriteUInt16BigEndian(
            bytes.AsSpan(16), Checksum.Of(bytes, Checksum.PseudoHeader(source, destination, Protocol, bytes.Length)));
        return bytes;
    }
}
