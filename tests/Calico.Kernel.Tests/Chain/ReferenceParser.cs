using System.Buffers.Binary;

namespace Calico.Kernel.Tests.Chain;

/// <summary>What a frame says, read once more and plainly, from the RFCs: the oracle for the chain's parsing.</summary>
/// <param name="Refusal">Why the chain must drop it; null where it is well formed.</param>
/// <param name="Protocol">The IP protocol number of the transport.</param>
/// <param name="SourcePort">Or the identifier of an ICMP query.</param>
/// <param name="DestinationPort">As the source port.</param>
internal sealed record ReferenceParser(string? Refusal, byte Protocol = 0, int SourcePort = 0, int DestinationPort = 0)
{
    private const int MaximumExtensions = 8;

    public static ReferenceParser Read(ReadOnlySpan<byte> frame)
    {
        var packet = frame[14..];
        return frame[12] == 8 ? ReadIPv4(packet) : ReadIPv6(packet);
    }

    private static ReferenceParser ReadIPv4(ReadOnlySpan<byte> packet)
    {
        var header = (packet[0] & 15) * 4;
        var total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (packet[0] >> 4 != 4 || header < 20 || total < header || total > packet.Length)
        {
            return new("MALFORMED");
        }

        var fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        return (fragment & 0x1fff) != 0
            ? new("FRAGMENT")
            : Transport(packet[9], packet[header..total], v6: false, firstFragment: (fragment & 0x2000) != 0);
    }

    private static ReferenceParser ReadIPv6(ReadOnlySpan<byte> packet)
    {
        var total = 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (packet[0] >> 4 != 6 || total > packet.Length)
        {
            return new("MALFORMED");
        }

        var next = packet[6];
        var at = 40;
        var firstFragment = false;
        for (var count = 0; next is 0 or 43 or 44 or 60; count++)
        {
            if (count == MaximumExtensions)
            {
                return new("TOO_MANY_HEADERS");
            }

            if ((next == 0 && count > 0) || at + 8 > total)
            {
                return new("MALFORMED");
            }

            var header = packet[at..];
            if (next == 44)
            {
                var fragment = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
                if (fragment >> 3 != 0)
                {
                    return new("FRAGMENT");
                }

                firstFragment = (fragment & 1) != 0;
            }
            else if (next == 43 && header[2] == 0 && header[3] != 0)
            {
                return new("MALFORMED");
            }

            at += next == 44 ? 8 : (header[1] + 1) * 8;
            next = header[0];
            if (at > total && next is 0 or 43 or 44 or 60 && count + 1 < MaximumExtensions)
            {
                return new("MALFORMED");
            }
        }

        return at > total ? new("MALFORMED") : Transport(next, packet[at..total], v6: true, firstFragment);
    }

    private static ReferenceParser Transport(byte protocol, ReadOnlySpan<byte> body, bool v6, bool firstFragment)
    {
        var shortest = protocol switch { 6 => 20, 17 or 136 => 8, 132 => 12, 1 when !v6 => 8, 58 when v6 => 8, _ => 0 };
        if (body.Length < shortest || (protocol == 6 && !TcpIsRight(body)) || (protocol == 17 && !UdpIsRight(body, firstFragment)))
        {
            return new("MALFORMED");
        }

        if (protocol is 6 or 17 or 132 or 136)
        {
            return new(null, protocol, BinaryPrimitives.ReadUInt16BigEndian(body), BinaryPrimitives.ReadUInt16BigEndian(body[2..]));
        }

        var query = (protocol == 1 && !v6 && body[0] is 0 or 8 or 13 or 14) || (protocol == 58 && v6 && body[0] is 128 or 129);
        var identifier = query ? BinaryPrimitives.ReadUInt16BigEndian(body[4..]) : 0;
        return new(null, protocol, identifier, identifier);
    }

    private static bool TcpIsRight(ReadOnlySpan<byte> body)
    {
        var header = (body[12] >> 4) * 4;
        var contradicts = (body[13] & 2) != 0 && (body[13] & 5) != 0;
        return header >= 20 && header <= body.Length && !contradicts;
    }

    private static bool UdpIsRight(ReadOnlySpan<byte> body, bool firstFragment)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(body[4..]);
        return firstFragment || (length >= 8 && length <= body.Length);
    }
}
