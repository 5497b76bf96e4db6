using System.Buffers.Binary;
using System.Net;

namespace Calico.Sdk.Testing;

/// <summary>The internet checksum (RFC 1071), and SCTP's CRC32c (RFC 9260, appendix A). Pure; any thread.</summary>
public static class Checksum
{
    private const uint Castagnoli = 0x82F6_3B78;

    /// <summary>The sum of big-endian 16-bit words, folded to 16 bits; not yet inverted.</summary>
    /// <param name="bytes">What is summed up; an odd last byte counts as the upper half of a word.</param>
    /// <param name="sum">A sum to begin with, such as that of the pseudo header.</param>
    public static uint Sum(ReadOnlySpan<byte> bytes, uint sum = 0)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum = Fold(sum + BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]));
        }

        return bytes.Length % 2 == 0 ? sum : Fold(sum + ((uint)bytes[^1] << 8));
    }

    /// <summary>What goes into a header whose checksum field is zero.</summary>
    /// <param name="bytes">The header, and what else the checksum covers.</param>
    /// <param name="sum">A sum to begin with.</param>
    public static ushort Of(ReadOnlySpan<byte> bytes, uint sum = 0) => (ushort)~Sum(bytes, sum);

    /// <summary>The sum of the pseudo header (RFC 9293, 3.1 and RFC 8200, 8.1: the same sum).</summary>
    /// <param name="source">The IP packet's source.</param>
    /// <param name="destination">Its destination.</param>
    /// <param name="protocol">The transport's IP protocol number.</param>
    /// <param name="length">Bytes of transport header and payload.</param>
    public static uint PseudoHeader(IPAddress source, IPAddress destination, byte protocol, int length)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        return Sum(destination.GetAddressBytes(), Sum(source.GetAddressBytes(), Fold((uint)(protocol + length))));
    }

    /// <summary>CRC32c.</summary>
    /// <param name="bytes">What it is taken of; in an SCTP packet the checksum field is zero then.</param>
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
