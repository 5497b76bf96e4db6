using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Calico.Sdk.Testing;

/// <summary>An IPv4 header (RFC 791).</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
public sealed record IPv4Header(IPAddress Source, IPAddress Destination) : IPHeader(Source, Destination)
{
    private const int FixedLength = 20;

    /// <summary>DSCP and ECN.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>Joins fragments.</summary>
    public ushort Identification { get; init; } = 0x1234;

    /// <summary>The "don't fragment" bit.</summary>
    public bool DontFragment { get; init; } = true;

    /// <summary>The "more fragments" bit.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>In bytes, a multiple of eight.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>At most 40 bytes, a multiple of four.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Bytes of a packet")]
    public byte[] Options { get; init; } = [];

    /// <summary>The version: 4, but for a malformed packet.</summary>
    public byte Version { get; init; } = 4;

    /// <summary>In bytes; null: the right one.</summary>
    public int? HeaderLength { get; init; }

    /// <summary>In bytes, header and what it carries; null: the right one.</summary>
    public ushort? TotalLength { get; init; }

    /// <summary>What it carries; null: what comes next.</summary>
    public byte? Protocol { get; init; }

    /// <summary>Null: the right one.</summary>
    public ushort? Checksum { get; init; }

    /// <inheritdoc/>
    public override bool IsV6 => false;

    internal override byte? ProtocolNumber => 4;

    internal override ushort? TypeNumber => EthernetHeader.IPv4;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[FixedLength + Options.Length];
        bytes[0] = (byte)((Version << 4) | (((HeaderLength ?? bytes.Length) / 4) & 15));
        bytes[1] = TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), TotalLength ?? (ushort)(bytes.Length + place.Carried.Length));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), Identification);
        var fragment = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | (FragmentOffset / 8);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)fragment);
        bytes[8] = HopLimit;
        bytes[9] = Protocol ?? place.Inner?.ProtocolNumber ?? Experimental;
        Source.GetAddressBytes().CopyTo(bytes, 12);
        Destination.GetAddressBytes().CopyTo(bytes, 16);
        Options.CopyTo(bytes, FixedLength);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), Checksum ?? Testing.Checksum.Of(bytes));
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings =>
    [
        layer => (IPv4Header)layer with { HeaderLength = null },
        layer => (IPv4Header)layer with { TotalLength = null },
        layer => (IPv4Header)layer with { Protocol = null },
        layer => (IPv4Header)layer with { Checksum = null },
    ];

    internal override string Describe(LayerPlace place) =>
        (Version == 4 ? "" : $", version {Version}")
        + (HeaderLength is { } header ? $", wrong header length {header}" : "")
        + (TotalLength is { } total ? $", wrong total length {total}" : "")
        + (Checksum is null ? "" : ", wrong IP checksum")
        + (MoreFragments || FragmentOffset > 0 ? $", fragment at {FragmentOffset}{(MoreFragments ? "+" : "")}" : "")
        + (Options.Length > 0 ? $", {Options.Length} bytes of options" : "")
        + Hop;
}
