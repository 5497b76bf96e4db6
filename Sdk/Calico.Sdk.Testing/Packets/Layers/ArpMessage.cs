using System.Buffers.Binary;
using System.Net;
using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <summary>An ARP message for IPv4 over Ethernet (RFC 826).</summary>
/// <param name="SenderMac">The sender's station.</param>
/// <param name="SenderAddress">The sender's IPv4 address.</param>
/// <param name="TargetAddress">The IPv4 address that is asked for, or answered to.</param>
public sealed record ArpMessage(MacAddress SenderMac, IPAddress SenderAddress, IPAddress TargetAddress) : Layer
{
    /// <summary>The operation of a question.</summary>
    public const ushort Request = 1;

    /// <summary>The operation of an answer.</summary>
    public const ushort Reply = 2;

    /// <summary><see cref="Request"/> by default.</summary>
    public ushort Operation { get; init; } = Request;

    /// <summary>The target's station; zero in a question.</summary>
    public MacAddress TargetMac { get; init; }

    internal override ushort? TypeNumber => EthernetHeader.Arp;

    internal override byte[] Build(LayerPlace place)
    {
        var bytes = new byte[28];
        ReadOnlySpan<byte> ethernetAndIPv4 = [0, 1, 8, 0, 6, 4];
        ethernetAndIPv4.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), Operation);
        SenderMac.WriteTo(bytes.AsSpan(8));
        SenderAddress.GetAddressBytes().CopyTo(bytes, 14);
        TargetMac.WriteTo(bytes.AsSpan(18));
        TargetAddress.GetAddressBytes().CopyTo(bytes, 24);
        return bytes;
    }

    internal override string Describe(LayerPlace place) => Operation switch
    {
        Request => $"ARP who-has {TargetAddress} tell {SenderAddress}",
        Reply => $"ARP {SenderAddress} is-at {SenderMac}",
        _ => $"ARP operation {Operation}",
    };
}
