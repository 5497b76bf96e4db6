using PacketDotNet;
using Kit = Calico.Sdk.Testing;

namespace Calico.Kernel.Tests.Testing;

/// <summary>The kit's bytes, read by another library.</summary>
public sealed class PacketTests
{
    private static readonly byte[] s_payload = "calico"u8.ToArray();

    public static TheoryData<string> Kinds => [.. s_packets.Keys];

    private static readonly Dictionary<string, Kit.Packet> s_packets = new()
    {
        ["TCP"] = Kit.Packet.From("10.0.0.1").To("10.0.0.2").Tcp(1, 2, TcpFlags.SynAck, s_payload),
        ["TCP over IPv6"] = Kit.Packet.From("fd00::1").To("fd00::2").Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, s_payload),
        ["TCP with options"] = Kit.Packet.From("10.0.0.1").To("10.0.0.2").With(new TcpHeader(1, 2, TcpFlags.Syn) { Options = [2, 4, 5, 180] }),
        ["UDP"] = Kit.Packet.From("10.0.0.1").To("10.0.0.2").Udp(1, 2, s_payload),
        ["UDP over IPv6 of odd length"] = Kit.Packet.From("fd00::1").To("fd00::2").Udp(1, 2, [1, 2, 3]),
        ["UDP behind IPv4 options"] = Kit.Packet.Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02").IPv4("10.0.0.1", "10.0.0.2", ttl: 3, options: [1, 1, 1, 0]).Udp(1, 2),
        ["UDP behind extension headers"] = Kit.Packet.From("fd00::1").To("fd00::2").With(IPv6Extension.HopByHop(2), IPv6Extension.Routing(4, 0), IPv6Extension.DestinationOptions()).Udp(1, 2, s_payload),
        ["first fragment"] = Kit.Packet.From("fd00::1").To("fd00::2").With(IPv6Extension.Fragment(0, more: true)).Udp(1, 2, s_payload),
        ["ICMP"] = Kit.Packet.From("10.0.0.1").To("10.0.0.2").Echo(7, payload: s_payload),
        ["ICMPv6"] = Kit.Packet.From("fd00::1").To("fd00::2").Echo(7, payload: s_payload),
        ["ICMP error"] = Kit.Packet.From("10.0.0.9").To("10.0.0.1").PortUnreachable(Kit.Packet.From("10.0.0.1").To("10.0.0.2").Udp(1, 2, s_payload)),
        ["SCTP"] = Kit.Packet.From("10.0.0.1").To("10.0.0.2").Sctp(1, 2),
        ["VLAN"] = Kit.Packet.Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02").Vlan(7, priority: 3).IPv4("10.0.0.1", "10.0.0.2").Udp(1, 2, s_payload),
        ["ARP"] = Kit.Packet.Ethernet("02:00:00:00:00:01", "ff:ff:ff:ff:ff:ff").Arp(new ArpMessage(new([2, 0, 0, 0, 0, 1]), System.Net.IPAddress.Parse("10.0.0.1"), System.Net.IPAddress.Parse("10.0.0.2"))),
        ["VXLAN"] = Kit.Packet.From("192.0.2.1").To("192.0.2.9").Udp(40_000, VxlanHeader.Port).Vxlan(42).InnerEthernet().IPv6("fd00::1", "fd00::2").Tcp(1, 2, TcpFlags.Syn),
        ["IPIP"] = Kit.Packet.From("192.0.2.1").To("192.0.2.9").IPv4("10.0.0.1", "10.0.0.2").Tcp(1, 2, TcpFlags.Syn),
        ["IPv6 in IPv4"] = Kit.Packet.From("192.0.2.1").To("192.0.2.9").IPv6("fd00::1", "fd00::2").Udp(1, 2, s_payload),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_bytes_are_read_back_to_the_same_headers(string kind)
    {
        var packet = s_packets[kind];

        var read = Kit.Packet.FromBytes(packet.ToBytes());

        Assert.Equal(packet, read);
        Assert.Equal(packet.ToString(), read.ToString());
        Assert.Equal(packet.ToBytes(), Kit.Packet.FromHex(packet.ToHex()).ToBytes());
        Assert.DoesNotContain("wrong", packet.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_library_finds_its_lengths_and_checksums_right(string kind)
    {
        var ethernet = PacketDotNet.Packet.ParsePacket(LinkLayers.Ethernet, s_packets[kind].ToBytes());

        for (var packet = ethernet; packet is not null; packet = packet.PayloadPacket)
        {
            switch (packet)
            {
                case IPv4Packet ip:
                    Assert.True(ip.ValidIPChecksum);
                    Assert.Equal(ip.TotalLength, ip.TotalPacketLength);
                    break;
                case TcpPacket tcp:
                    Assert.True(tcp.ValidTcpChecksum);
                    break;
                case UdpPacket udp when udp.ParentPacket is IPPacket:
                    Assert.True(udp.ValidUdpChecksum);
                    break;
                case IcmpV4Packet icmp:
                    Assert.True(icmp.ValidIcmpChecksum);
                    break;
            }
        }
    }

    [Fact]
    public void A_checksum_that_is_given_is_sent_as_it_is_and_told()
    {
        var wrong = s_packets["TCP"].Change<TcpHeader>(tcp => tcp with { Checksum = 0xdead }).Change<Kit.IPv4Header>(ip => ip with { Checksum = 1 });

        Assert.Equal("IP 10.0.0.1:1 > 10.0.0.2:2 TCP [S.] seq 1000 ack 0 win 64240, wrong TCP checksum, wrong IP checksum, length 6", Kit.Packet.FromBytes(wrong.ToBytes()).ToString());
    }

    [Fact]
    public void A_reply_goes_back_and_acknowledges()
    {
        var reply = Kit.Packet.From("10.0.0.1").To("10.0.0.2").Tcp(1, 2, TcpFlags.Syn).Reply(TcpFlags.SynAck);

        Assert.Equal("IP 10.0.0.2:2 > 10.0.0.1:1 TCP [S.] seq 0 ack 1001 win 64240, length 0", reply.ToString());
        Assert.Equal("IP6 fd00::2 > fd00::1 ICMPv6 echo reply id 7 seq 1, length 6", s_packets["ICMPv6"].Reply().ToString());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void Capture_files_of_both_kinds_and_byte_orders_are_read(bool bigEndian, bool nextGeneration)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, CaptureBytes.Of([.. s_packets.Values], bigEndian, nextGeneration));
            Assert.Equal(s_packets.Values, Kit.Packet.FromCapture(path));

            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
            Assert.Contains("damaged or cut off", Assert.Throws<FormatException>(() => Kit.Packet.FromCapture(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
