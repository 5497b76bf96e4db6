using System.Buffers.Binary;
using System.Net;

namespace Calico.Sdk.Testing;

/// <summary>An IPv6 header (RFC 8200); its extension headers are layers of their own behind it.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
public sealed record IPv6Header(IPAddress Source, IPAddress Destination) : IPHeader(Source, Destination)
{
    private const int FixedLength = 40;

    /// <summary>DSCP and ECN.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>20 bits.</summary>
    public uint FlowLabel { get; init; }

    /// <summary>The version: 6, but for a malformed packet.</summary>
    public byte Version { get; init; } = 6;

    /// <summary>In bytes, extension headers included; null: the right one.</summary>
    public ushort? PayloadLength { get; init; }

    /// <summary>What follows; null: what comes next.</summary>
    public byte? NextHeader { get; init; }

    /// <inheritdoc/>
    public override bool IsV6 => true;

    internal override byte? ProtocolNumber => 41;

    internal override ushort? TypeNumber => EthernetHeader.IPv6;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[FixedLength];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)Version << 28) | ((uint)TrafficClass << 20) | (FlowLabel & 0xf_ffff));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), PayloadLength ?? (ushort)place.Carried.Length);
        bytes[6] = NextHeader ?? place.Inner?.ProtocolNumber ?? Experimental;
        bytes[7] = HopLimit;
        Source.GetAddressBytes().CopyTo(bytes, 8);
        Destination.GetAddressBytes().CopyTo(bytes, 24);
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings =>
    [
        layer => (IPv6Header)layer with { PayloadLength = null },
        layer => (IPv6Header)layer with { NextHeader = null },
    ];

    internal override string Describe(LayerPlace place) =>
        (Version == 6 ? "" : $", version {Version}")
        + (PayloadLength is { } length ? $", wrong payload length {length}" : "")
        + Hop;
}
