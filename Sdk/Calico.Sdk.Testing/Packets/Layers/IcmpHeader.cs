using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>An ICMP header (RFC 792) or, where <paramref name="IsV6"/>, an ICMPv6 header (RFC 4443).</summary>
/// <param name="Type">The family's own number.</param>
/// <param name="Code">The code.</param>
/// <param name="IsV6">Which of the two.</param>
public sealed record IcmpHeader(byte Type, byte Code, bool IsV6) : Layer
{
    private const byte NumberV4 = 1, NumberV6 = 58;

    /// <summary>Identifier and sequence of an echo, the MTU of a too-big message, …</summary>
    public uint SecondWord { get; init; }

    /// <summary>Null: the right one.</summary>
    public ushort? Checksum { get; init; }

    /// <summary>The upper half of <see cref="SecondWord"/>: the identifier of an echo.</summary>
    public ushort Identifier => (ushort)(SecondWord >> 16);

    /// <summary>The lower half of <see cref="SecondWord"/>: the sequence number of an echo.</summary>
    public ushort Sequence => (ushort)SecondWord;

    internal override byte? ProtocolNumber => IsV6 ? NumberV6 : NumberV4;

    internal bool IsEcho => Type is 0 or 8 && !IsV6 || Type is 128 or 129 && IsV6;

    internal bool IsError => IsV6 ? Type < 128 : Type is 3 or 4 or 5 or 11 or 12;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[8];
        bytes[0] = Type;
        bytes[1] = Code;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), SecondWord);
        byte[] whole = [.. bytes, .. place.Carried];
        var pseudo = place.Network is IPv6Header ip ? Testing.Checksum.PseudoHeader(ip.Source, ip.Destination, ProtocolNumber!.Value, whole.Length) : 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), Checksum ?? Testing.Checksum.Of(whole, pseudo));
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (IcmpHeader)layer with { Checksum = null }];

    internal IcmpHeader Reversed() => this with
    {
        Type = (IsV6, Type) switch { (false, 8) => 0, (false, 0) => 8, (true, 128) => 129, (true, 129) => 128, _ => Type },
    };

    internal override string Describe(LayerPlace place) =>
        (IsV6 ? "ICMPv6 " : "ICMP ")
        + (IsEcho ? $"echo {(Type is 8 or 128 ? "request" : "reply")} id {Identifier} seq {Sequence}" : $"type {Type} code {Code}")
        + (Checksum is null ? "" : ", wrong ICMP checksum");
}
