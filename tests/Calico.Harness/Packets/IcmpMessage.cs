using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Calico.Harness.Packets;

/// <summary>An ICMP message (RFC 792) or, between IPv6 addresses, an ICMPv6 message (RFC 4443).</summary>
/// <param name="Type">The family's own number.</param>
/// <param name="Code">The code.</param>
/// <param name="SecondWord">Identifier and sequence of an echo, the MTU of a too-big message, …</param>
/// <param name="IsV6">Which of the two.</param>
public sealed record IcmpMessage(byte Type, byte Code, uint SecondWord, bool IsV6) : Transport
{
    public byte[] Payload { get; init; } = [];

    public override byte Protocol => (byte)(IsV6 ? 58 : 1);

    public override byte[] Build(IPAddress source, IPAddress destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        var bytes = new byte[8 + Payload.Length];
        bytes[0] = Type;
        bytes[1] = Code;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), SecondWord);
        Payload.CopyTo(bytes, 8);
        var pseudo = source.AddressFamily == AddressFamily.InterNetworkV6
            ? Checksum.PseudoHeader(source, destination, Protocol, bytes.Length) : 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), Checksum.Of(bytes, pseudo));
        return bytes;
    }
}
