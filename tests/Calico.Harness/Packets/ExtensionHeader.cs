using System.Buffers.Binary;

namespace Calico.Harness.Packets;

/// <summary>An IPv6 extension header (RFC 8200, 4); its first byte, the next header, is written when the packet is built.</summary>
/// <param name="Number">Its own protocol number.</param>
/// <param name="Bytes">The whole header, a multiple of eight bytes.</param>
public sealed record ExtensionHeader(byte Number, byte[] Bytes)
{
    /// <summary>Padding only (PadN), so that every node ignores it.</summary>
    public static ExtensionHeader HopByHop(int eights = 1) => Padded(0, eights);

    /// <inheritdoc cref="HopByHop"/>
    public static ExtensionHeader DestinationOptions(int eights = 1) => Padded(60, eights);

    /// <summary>RFC 8200, 4.4.</summary>
    public static ExtensionHeader Routing(byte type, byte segmentsLeft) => new(43, [0, 0, type, segmentsLeft, 0, 0, 0, 0]);

    /// <summary>RFC 8200, 4.5. The offset counts bytes and is a multiple of eight.</summary>
    public static ExtensionHeader Fragment(int offset, bool more, uint id = 7)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(offset | (more ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), id);
        return new ExtensionHeader(44, bytes);
    }

    private static ExtensionHeader Padded(byte number, int eights)
    {
        var bytes = new byte[eights * 8];
        bytes[1] = (byte)(eights - 1);
        bytes[2] = 1;
        bytes[3] = (byte)(bytes.Length - 4);
        return new ExtensionHeader(number, bytes);
    }
}
