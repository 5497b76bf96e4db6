using System.Buffers.Binary;
using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <summary>An Ethernet header of 14 bytes.</summary>
/// <param name="Source">From which station.</param>
/// <param name="Destination">To which.</param>
public sealed record EthernetHeader(MacAddress Source, MacAddress Destination) : Layer
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 14;

    internal const ushort IPv4 = 0x0800, IPv6 = 0x86dd, Arp = 0x0806, Experimental = 0x88b5;

    /// <summary>What follows; null: what the next header is, or 0x88b5 (for experiments) before a payload.</summary>
    public ushort? EtherType { get; init; }

    /// <summary>Of a packet that was not given one; sending it through an interface takes that interface's.</summary>
    internal static EthernetHeader Default { get; } = new(new MacAddress([2, 0, 0, 0, 0, 0xaa]), new MacAddress([2, 0, 0, 0, 0, 0xbb]));

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[Length];
        Destination.WriteTo(bytes);
        Source.WriteTo(bytes.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), EtherType ?? place.Inner?.TypeNumber ?? Experimental);
        return bytes;
    }

    internal override IReadOnlyList<Func<Layer, Layer>> Fillings => [layer => (EthernetHeader)layer with { EtherType = null }];

    internal override string Describe(LayerPlace place) => place.Inner is IPHeader or VlanTag or ArpMessage
        ? "" : $"Ethernet {Source} > {Destination} type 0x{EtherType ?? Experimental:x4}";
}
