using System.Buffers.Binary;
using System.Net;
using Calico.Sdk.Net;

namespace Calico.Harness.Packets;

/// <summary>An ARP packet for IPv4 over Ethernet (RFC 826), in its frame.</summary>
public sealed record ArpPacket(MacAddress SenderMac, string SenderAddress, string TargetAddress)
{
    public ushort Operation { get; init; } = 1;

    public MacAddress TargetMac { get; init; }

    public MacAddress EthernetDestination { get; init; } = new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    public byte[] Build()
    {
        var bytes = new byte[42];
        EthernetDestination.WriteTo(bytes);
        SenderMac.WriteTo(bytes.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), 0x0806);
        ReadOnlySpan<byte> ethernetAndIPv4 = [0, 1, 8, 0, 6, 4];
        ethernetAndIPv4.CopyTo(bytes.AsSpan(14));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(20), Operation);
        SenderMac.WriteTo(bytes.AsSpan(22));
        IPAddress.Parse(SenderAddress).GetAddressBytes().CopyTo(bytes, 28);
        TargetMac.WriteTo(bytes.AsSpan(32));
        IPAddress.Parse(TargetAddress).GetAddressBytes().CopyTo(bytes, 38);
        return bytes;
    }
}
