using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Testing;

/// <summary>A TCP header (RFC 9293).</summary>
/// <param name="SourcePort">Of the sender.</param>
/// <param name="DestinationPort">Of the receiver.</param>
/// <param name="Flags">The control bits.</param>
public sealed record TcpHeader(ushort SourcePort, ushort DestinationPort, TcpFlags Flags) : PortHeader(SourcePort, DestinationPort)
{
    private const int FixedLength = 20;

    /// <summary>The sequence number.</summary>
    public uint Sequence { get; init; } = 1000;

    /// <summary>The acknowledgment number.</summary>
    public uint Acknowledgment { get; init; }

    /// <summary>The window, unscaled.</summary>
    public ushort Window { get; init; } = 64_240;

    /// <summary>The urgent pointer.</summary>
    public ushort UrgentPointer { get; init; }

    /// <summary>At most 40 bytes, a multiple of four.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Bytes of a packet")]
    public byte[] Options { get; init; } = [];

    /// <summary>In bytes; null: the right one.</summary>
    public int? DataOffset { get; init; }

    /// <summary>Null: the right one.</summary>
    public ushort? Checksum { get; init; }

    internal const byte Number = 6;

    internal override byte? ProtocolNumber => Number;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[FixedLength + Options.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Acknowledgment);
        bytes[12] = (byte)((DataOffset ?? bytes.Length) / 4 << 4);
        bytes[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), Window);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), UrgentPointer);
        Options.CopyTo(bytes, FixedLength);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(16), Checksum ?? ChecksumOf(place, Number, bytes));
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (TcpHeader)layer with { DataOffset = null }, layer => (TcpHeader)layer with { Checksum = null }];

    internal override string Describe(LayerPlace place) =>
        $"TCP [{Letters()}] seq {Sequence}" + (Flags.HasFlag(TcpFlags.Ack) ? $" ack {Acknowledgment}" : "") + $" win {Window}"
        + (DataOffset is { } offset ? $", wrong data offset {offset}" : "") + (Checksum is null ? "" : ", wrong TCP checksum");

    // As tcpdump writes them.
    private string Letters() => string.Concat(
        new[] { (TcpFlags.Syn, 'S'), (TcpFlags.Fin, 'F'), (TcpFlags.Rst, 'R'), (TcpFlags.Psh, 'P'), (TcpFlags.Urg, 'U'), (TcpFlags.Ece, 'E'), (TcpFlags.Cwr, 'W'), (TcpFlags.Ack, '.') }
            .Where(pair => Flags.HasFlag(pair.Item1)).Select(pair => pair.Item2));
}
