using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;

namespace Calico.Harness.Packets;

/// <summary>
/// A frame with an IP packet, as an immutable value: `with` makes variants. The addresses decide the family.
/// Lengths and checksums are right unless <see cref="Spoil"/> changes the bytes afterwards.
/// </summary>
public sealed record PacketBuilder(string Source, string Destination, Transport Transport)
{
    public const int EthernetLength = 14;

    public MacAddress EthernetSource { get; init; } = new([2, 0, 0, 0, 0, 0xaa]);

    public MacAddress EthernetDestination { get; init; } = new([2, 0, 0, 0, 0, 0xbb]);

    /// <summary>TTL, or hop limit.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>IPv4: the "don't fragment" bit.</summary>
    public bool DontFragment { get; init; } = true;

    /// <summary>IPv4: the "more fragments" bit.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>IPv4: in bytes, a multiple of eight.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>IPv4: a multiple of four bytes.</summary>
    public byte[] Options { get; init; } = [];

    /// <summary>IPv6: in their order.</summary>
    public IReadOnlyList<ExtensionHeader> Extensions { get; init; } = [];

    /// <summary>Changes the finished frame: for malformed packets.</summary>
    public Func<byte[], byte[]>? Spoil { get; init; }

    public bool IsV6 => Address(Source).AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Where the transport header begins in the frame.</summary>
    public int TransportOffset =>
        EthernetLength + (IsV6 ? 40 + Extensions.Sum(extension => extension.Bytes.Length) : 20 + Options.Length);

    public static PacketBuilder Tcp(string source, string destination, ushort sourcePort, ushort destinationPort, TcpFlags flags) =>
        new(source, destination, new TcpSegment(sourcePort, destinationPort, flags));

    public static PacketBuilder Udp(string source, string destination, ushort sourcePort, ushort destinationPort) =>
        new(source, destination, new UdpDatagram(sourcePort, destinationPort));

    public static PacketBuilder Sctp(string source, string destination, ushort sourcePort, ushort destinationPort) =>
        new(source, destination, new SctpPacket(sourcePort, destinationPort));

    public static PacketBuilder Echo(string source, string destination, ushort identifier, bool reply = false)
    {
        var v6 = Address(source).AddressFamily == AddressFamily.InterNetworkV6;
        var type = v6 ? (reply ? 129 : 128) : (reply ? 0 : 8);
        return new(source, destination, new IcmpMessage((byte)type, 0, ((uint)identifier << 16) | 1, v6) { Payload = "calico"u8.ToArray() });
    }

    /// <summary>An ICMP error of the family of the packet that it quotes, sent to that packet's source.</summary>
    public static PacketBuilder IcmpError(string source, PacketBuilder quoted, byte type, byte code, uint secondWord = 0, int quotedBytes = 576)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        var packet = quoted.BuildIp();
        return new(source, quoted.Source, new IcmpMessage(type, code, secondWord, quoted.IsV6)
        {
            Payload = packet[..Math.Min(packet.Length, quotedBytes)],
        });
    }

    /// <summary>"Port unreachable" about a packet.</summary>
    public static PacketBuilder PortUnreachable(string source, PacketBuilder quoted)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        return quoted.IsV6 ? IcmpError(source, quoted, 1, 4) : IcmpError(source, quoted, 3, 3);
    }

    /// <summary>"Fragmentation needed" or "packet too big" about a packet.</summary>
    public static PacketBuilder TooBig(string source, PacketBuilder quoted, ushort mtu)
    {
        ArgumentNullException.ThrowIfNull(quoted);
        return quoted.IsV6 ? IcmpError(source, quoted, 2, 0, mtu) : IcmpError(source, quoted, 3, 4, mtu);
    }

    /// <summary>A variant in which some bytes of the frame are others.</summary>
    public PacketBuilder Patched(int offset, params byte[] bytes) => this with { Spoil = frame => Patch(Spoiled(frame), offset, bytes) };

    /// <summary>A variant of which only the first bytes are left.</summary>
    public PacketBuilder CutTo(int length) => this with { Spoil = frame => Spoiled(frame)[..length] };

    /// <summary>A variant with bytes behind the IP packet, as padding of short frames is.</summary>
    public PacketBuilder Padded(int count) => this with { Spoil = frame => [.. Spoiled(frame), .. new byte[count]] };

    /// <summary>The frame.</summary>
    public byte[] Build()
    {
        var frame = new byte[EthernetLength + IpLength];
        EthernetDestination.WriteTo(frame);
        EthernetSource.WriteTo(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(IsV6 ? 0x86dd : 0x0800));
        BuildIp().CopyTo(frame, EthernetLength);
        return Spoiled(frame);
    }

    /// <summary>The packet without its frame.</summary>
    public byte[] BuildIp()
    {
        var source = Address(Source);
        var destination = Address(Destination);
        var body = Transport.Build(source, destination);
        return IsV6 ? BuildIPv6(source, destination, body) : BuildIPv4(source, destination, body);
    }

    private int IpLength => TransportOffset - EthernetLength + Transport.Build(Address(Source), Address(Destination)).Length;

    private byte[] Spoiled(byte[] frame) => Spoil is { } spoil ? spoil(frame) : frame;

    private byte[] BuildIPv4(IPAddress source, IPAddress destination, byte[] body)
    {
        var header = 20 + Options.Length;
        var packet = new byte[header + body.Length];
        packet[0] = (byte)(0x40 | (header / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), 0x1234);
        var flags = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | (FragmentOffset / 8);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)flags);
        packet[8] = HopLimit;
        packet[9] = Transport.Protocol;
        source.GetAddressBytes().CopyTo(packet, 12);
        destination.GetAddressBytes().CopyTo(packet, 16);
        Options.CopyTo(packet, 20);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum.Of(packet.AsSpan(0, header)));
        body.CopyTo(packet, header);
        return packet;
    }

    private byte[] BuildIPv6(IPAddress source, IPAddress destination, byte[] body)
    {
        byte[] rest = [.. Extensions.SelectMany(extension => extension.Bytes), .. body];
        var packet = new byte[40 + rest.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)rest.Length);
        packet[7] = HopLimit;
        source.GetAddressBytes().CopyTo(packet, 8);
        destination.GetAddressBytes().CopyTo(packet, 24);
        rest.CopyTo(packet, 40);
        var next = 6;
        var at = 40;
        foreach (var extension in Extensions)
        {
            packet[next] = extension.Number;
            next = at;
            at += extension.Bytes.Length;
        }

        packet[next] = Transport.Protocol;
        return packet;
    }

    private static byte[] Patch(byte[] frame, int offset, byte[] bytes)
    {
        bytes.CopyTo(frame, offset);
        return frame;
    }

    private static IPAddress Address(string text) => IPAddress.Parse(text);
}
