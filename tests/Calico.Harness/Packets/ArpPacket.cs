using System.Net;
using Calico.Sdk.Net;
using Calico.Sdk.Testing;

namespace Calico.Harness.Packets;

/// <summary>An ARP packet in its frame.</summary>
public sealed record ArpPacket(MacAddress SenderMac, string SenderAddress, string TargetAddress)
{
    public ushort Operation { get; init; } = ArpMessage.Request;

    public MacAddress TargetMac { get; init; }

    public MacAddress EthernetDestination { get; init; } = new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    public byte[] Build() => Packet.Ethernet(SenderMac, EthernetDestination)
        .Arp(new ArpMessage(SenderMac, IPAddress.Parse(SenderAddress), IPAddress.Parse(TargetAddress)) { Operation = Operation, TargetMac = TargetMac })
        .ToBytes();
}
