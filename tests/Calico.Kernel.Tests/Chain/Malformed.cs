using Calico.Harness.Chains;
using Calico.Harness.Packets;

namespace Calico.Kernel.Tests.Chain;

/// <summary>Packets that contradict themselves, by what is wrong with them.</summary>
internal static class Malformed
{
    private const int Ip = PacketBuilder.EthernetLength;

    public static IReadOnlyDictionary<string, Func<ChainHarness, PacketBuilder>> All { get; } = new Dictionary<string, Func<ChainHarness, PacketBuilder>>
    {
        ["IPv4: version 5"] = chain => chain.Syn(v6: false).Patched(Ip, 0x55),
        ["IPv4: header shorter than 20 bytes"] = chain => chain.Syn(v6: false).Patched(Ip, 0x44),
        ["IPv4: header longer than the packet"] = chain => chain.Udp(v6: false).Patched(Ip, 0x4f),
        ["IPv4: total length beyond the frame"] = chain => chain.Syn(v6: false).Patched(Ip + 2, 0x05, 0xdc),
        ["IPv4: total length shorter than the header"] = chain => chain.Syn(v6: false).Patched(Ip + 2, 0, 19),
        ["IPv4: total length 0"] = chain => chain.Syn(v6: false).Patched(Ip + 2, 0, 0),
        ["IPv4 UDP: total length shorter than the header"] = chain => chain.Udp(v6: false).Patched(Ip + 2, 0, 10),
        ["IPv4 UDP: total length 0"] = chain => chain.Udp(v6: false).Patched(Ip + 2, 0, 0),
        ["IPv4 UDP: total length leaves 7 bytes for the header"] = chain => chain.Udp(v6: false).Patched(Ip + 2, 0, 27),
        ["IPv6: version 4"] = chain => chain.Syn(v6: true).Patched(Ip, 0x40),
        ["IPv6: payload beyond the frame"] = chain => chain.Syn(v6: true).Patched(Ip + 4, 0x05, 0xdc),
        ["IPv6: payload 0, but TCP"] = chain => chain.Syn(v6: true).Patched(Ip + 4, 0, 0),
        ["IPv6: extension header beyond the packet"] = chain =>
            (chain.Syn(v6: true) with { Extensions = [IPv6Extension.DestinationOptions()] }).Patched(Ip + 41, 0xff),
        ["IPv6: cut in an extension header"] = chain =>
            (chain.Syn(v6: true) with { Extensions = [IPv6Extension.DestinationOptions()] }).CutTo(Ip + 44).Patched(Ip + 4, 0, 4),
        ["TCP over IPv4: cut"] = chain => Cut(chain.Syn(v6: false), 19),
        ["TCP over IPv6: cut"] = chain => Cut(chain.Syn(v6: true), 19),
        ["TCP over IPv4: header shorter than 20 bytes"] = chain => InTransport(chain.Syn(v6: false), 12, 0x40),
        ["TCP over IPv6: header shorter than 20 bytes"] = chain => InTransport(chain.Syn(v6: true), 12, 0x40),
        ["TCP over IPv4: header longer than the packet"] = chain => InTransport(chain.Syn(v6: false), 12, 0xf0),
        ["TCP over IPv6: header longer than the packet"] = chain => InTransport(chain.Syn(v6: true), 12, 0xf0),
        ["TCP over IPv4: SYN and FIN"] = chain => chain.Tcp(v6: false, TcpFlags.Syn | TcpFlags.Fin),
        ["TCP over IPv6: SYN and FIN"] = chain => chain.Tcp(v6: true, TcpFlags.Syn | TcpFlags.Fin),
        ["TCP over IPv4: SYN and RST"] = chain => chain.Tcp(v6: false, TcpFlags.Syn | TcpFlags.Rst),
        ["TCP over IPv6: SYN and RST"] = chain => chain.Tcp(v6: true, TcpFlags.Syn | TcpFlags.Rst),
        ["TCP over IPv4 with options: SYN and FIN"] = chain =>
            chain.Tcp(v6: false, TcpFlags.Syn | TcpFlags.Fin) with { Options = [1, 1, 1, 1] },
        ["TCP over IPv6 with extensions: SYN and RST"] = chain =>
            chain.Tcp(v6: true, TcpFlags.Syn | TcpFlags.Rst) with { Extensions = [IPv6Extension.DestinationOptions()] },
        ["UDP over IPv4: cut"] = chain => Cut(chain.Udp(v6: false), 7),
        ["UDP over IPv6: cut"] = chain => Cut(chain.Udp(v6: true), 7),
        ["UDP over IPv4: length below 8"] = chain => InTransport(chain.Udp(v6: false), 4, 0, 7),
        ["UDP over IPv6: length below 8"] = chain => InTransport(chain.Udp(v6: true), 4, 0, 7),
        ["UDP over IPv4: length 0"] = chain => InTransport(chain.Udp(v6: false), 4, 0, 0),
        ["UDP over IPv6: length 0"] = chain => InTransport(chain.Udp(v6: true), 4, 0, 0),
        ["UDP over IPv4: length beyond the packet"] = chain => InTransport(chain.Udp(v6: false), 4, 0, 200),
        ["UDP over IPv6: length beyond the packet"] = chain => InTransport(chain.Udp(v6: true), 4, 0, 200),
        ["ICMP: cut"] = chain => Cut(PacketBuilder.Echo(chain.Node.A.IPv4, chain.Node.B.IPv4, 7), 7),
        ["ICMPv6: cut"] = chain => Cut(PacketBuilder.Echo(chain.Node.A.IPv6, chain.Node.B.IPv6, 7), 7),
        ["SCTP over IPv4: cut"] = chain => Cut(PacketBuilder.Sctp(chain.Node.A.IPv4, chain.Node.B.IPv4, 1, 2), 11),
        ["SCTP over IPv6: cut"] = chain => Cut(PacketBuilder.Sctp(chain.Node.A.IPv6, chain.Node.B.IPv6, 1, 2), 11),
    };

    /// <summary>The transport header ends early, and the IP header agrees.</summary>
    private static PacketBuilder Cut(PacketBuilder packet, int transportBytes)
    {
        var transport = packet.Transport.Build(System.Net.IPAddress.Parse(packet.Source), System.Net.IPAddress.Parse(packet.Destination));
        return packet with { Transport = new RawTransport(packet.Transport.Protocol, transport[..transportBytes]) };
    }

    private static PacketBuilder InTransport(PacketBuilder packet, int offset, params byte[] bytes) =>
        packet.Patched(packet.TransportOffset + offset, bytes);
}
