using System.Net;
using Calico.Sdk.Testing;

namespace Calico.Harness.Packets;

/// <summary>What an IP packet carries: a header of the test kit, and a payload.</summary>
public abstract record Transport
{
    /// <summary>The IP protocol number.</summary>
    public byte Protocol => Layers[0].ProtocolNumber!.Value;

    /// <summary>The test kit's layers.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>Header and payload, with the right checksum.</summary>
    public byte[] Build(IPAddress source, IPAddress destination)
    {
        var header = Packet.From(source).To(destination);
        return header.With(Layers).ToNetworkBytes()[header.ToNetworkBytes().Length..];
    }
}

/// <summary>Any protocol, byte by byte.</summary>
public sealed record RawTransport(byte Number, byte[] Bytes) : Transport
{
    public override IReadOnlyList<Layer> Layers => [new Payload(Bytes) { Protocol = Number }];
}

public sealed record TcpSegment(ushort SourcePort, ushort DestinationPort, TcpFlags Flags) : Transport
{
    /// <summary>A multiple of four bytes.</summary>
    public byte[] Options { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    public override IReadOnlyList<Layer> Layers => [new TcpHeader(SourcePort, DestinationPort, Flags) { Options = Options }, new Payload(Payload)];
}

public sealed record UdpDatagram(ushort SourcePort, ushort DestinationPort) : Transport
{
    public byte[] Payload { get; init; } = "calico"u8.ToArray();

    public override IReadOnlyList<Layer> Layers => [new UdpHeader(SourcePort, DestinationPort), new Payload(Payload)];
}

public sealed record SctpPacket(ushort SourcePort, ushort DestinationPort) : Transport
{
    public override IReadOnlyList<Layer> Layers => [new SctpHeader(SourcePort, DestinationPort), new Payload(SctpHeader.Init)];
}

public sealed record IcmpMessage(byte Type, byte Code, uint SecondWord, bool IsV6) : Transport
{
    public byte[] Payload { get; init; } = [];

    public override IReadOnlyList<Layer> Layers => [new IcmpHeader(Type, Code, IsV6) { SecondWord = SecondWord }, new Payload(Payload)];
}
