using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;
using Calico.Sdk.Testing;

namespace Calico.Harness.Packets;

/// <summary>
/// A frame with an IP packet, as an immutable value: `with` makes variants. The addresses decide the family.
/// Lengths and checksums are right unless <see cref="Spoil"/> changes the bytes afterwards.
/// </summary>
public sealed record PacketBuilder(string Source, string Destination, Transport Transport)
{
    public const int EthernetLength = EthernetHeader.Length;

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
    public IReadOnlyList<IPv6Extension> Extensions { get; init; } = [];

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
    public byte[] Build() => Spoiled(Packet.Ethernet(EthernetSource, EthernetDestination).With(Network).ToBytes());

    /// <summary>The packet without its frame.</summary>
    public byte[] BuildIp() => Packet.Of(Network).ToNetworkBytes();

    private Layer[] Network => [.. IsV6
        ? (IEnumerable<Layer>)[new IPv6Header(Address(Source), Address(Destination)) { HopLimit = HopLimit }, .. Extensions]
        :
        [
            new IPv4Header(Address(Source), Address(Destination))
            {
                HopLimit = HopLimit,
                DontFragment = DontFragment,
                MoreFragments = MoreFragments,
                FragmentOffset = FragmentOffset,
                Options = Options,
            },
        ], .. Transport.Layers];

    private byte[] Spoiled(byte[] frame) => Spoil is { } spoil ? spoil(frame) : frame;

    private static byte[] Patch(byte[] frame, int offset, byte[] bytes)
    {
        bytes.CopyTo(frame, offset);
        return frame;
    }

    private static IPAddress Address(string text) => IPAddress.Parse(text);
}
