using System.Buffers.Binary;
using System.Net;

namespace Calico.Harness.Packets;

/// <summary>The internet checksum (RFC 1071), and SCTP's CRC32c (RFC 9260, appendix A).</summary>
public static class Checksum
{
    private const uint Castagnoli = 0x82F6_3B78;

    /// <summary>The sum of big-endian 16-bit words, folded; not yet inverted.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes, uint sum = 0)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum = Fold(sum + BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]));
        }

        return bytes.Length % 2 == 0 ? sum : Fold(sum + ((uint)bytes[^1] << 8));
    }

    /// <summary>What goes into a header whose checksum field is zero.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes, uint sum = 0) => (ushort)~Sum(bytes, sum);

    /// <summary>The sum of the pseudo header (RFC 793 and RFC 8200, 8.1: the same sum).</summary>
    public static uint PseudoHeader(IPAddress source, IPAddress destination, byte protocol, int length)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        return Sum(destination.GetAddressBytes(), Sum(source.GetAddressBytes(), Fold((uint)(protocol + length))));
    }

    /// <summary>CRC32c.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Castagnoli;
            }
        }

        return ~crc;
    }

    private static uint Fold(uint sum)
    {
        sum = (sum & 0xffff) + (sum >> 16);
        return (sum & 0xffff) + (sum >> 16);
    }
}
