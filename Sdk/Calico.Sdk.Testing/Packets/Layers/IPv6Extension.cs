using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Testing;

/// <summary>An IPv6 extension header (RFC 8200, 4).</summary>
/// <param name="Number">Its number as a next header: 0 hop-by-hop, 43 routing, 44 fragment, 60 destination options.</param>
/// <param name="Bytes">The whole header, a multiple of eight bytes; the first, what follows, is filled in.</param>
public sealed record IPv6Extension(
    byte Number, [property: SuppressMessage("Performance", "CA1819", Justification = "Bytes of a packet")] byte[] Bytes) : Layer
{
    /// <summary>What follows; null: what comes next.</summary>
    public byte? NextHeader { get; init; }

    internal const byte HopByHopNumber = 0, RoutingNumber = 43, FragmentNumber = 44, DestinationNumber = 60;

    /// <summary>Hop-by-hop options: padding only (PadN), so that every node ignores it.</summary>
    /// <param name="eights">Its length in units of eight bytes, from 1.</param>
    public static IPv6Extension HopByHop(int eights = 1) => Padded(HopByHopNumber, eights);

    /// <summary>Destination options: padding only.</summary>
    /// <param name="eights">Its length in units of eight bytes, from 1.</param>
    public static IPv6Extension DestinationOptions(int eights = 1) => Padded(DestinationNumber, eights);

    /// <summary>A routing header without addresses (RFC 8200, 4.4).</summary>
    /// <param name="type">The routing type.</param>
    /// <param name="segmentsLeft">How many nodes are still to be visited.</param>
    public static IPv6Extension Routing(byte type, byte segmentsLeft) => new(RoutingNumber, [0, 0, type, segmentsLeft, 0, 0, 0, 0]);

    /// <summary>A fragment header (RFC 8200, 4.5).</summary>
    /// <param name="offset">In bytes, a multiple of eight.</param>
    /// <param name="more">Whether fragments follow.</param>
    /// <param name="id">Joins fragments.</param>
    public static IPv6Extension Fragment(int offset, bool more, uint id = 7)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(offset | (more ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), id);
        return new IPv6Extension(FragmentNumber, bytes);
    }

    internal override byte? ProtocolNumber => Number;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = (byte[])Bytes.Clone();
        bytes[0] = NextHeader ?? place.Inner?.ProtocolNumber ?? 59; // 59: nothing follows
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (IPv6Extension)layer with { NextHeader = null }];

    internal override string Describe(LayerPlace place) => Number switch
    {
        HopByHopNumber => "hop-by-hop",
        RoutingNumber => $"routing type {Bytes[2]} left {Bytes[3]}",
        FragmentNumber => $"fragment at {BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(2)) & ~7}{((Bytes[3] & 1) == 0 ? "" : "+")}",
        DestinationNumber => "destination options",
        _ => $"extension {Number}",
    };

    private static IPv6Extension Padded(byte number, int eights)
    {
        var bytes = new byte[eights * 8];
        bytes[1] = (byte)(eights - 1);
        bytes[2] = 1;
        bytes[3] = (byte)(bytes.Length - 4);
        return new IPv6Extension(number, bytes);
    }
}
