using System.Net;
using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <content>Adding headers behind those that are there.</content>
public sealed partial class Packet
{
    /// <summary>Adds any layers, such as <see cref="IPv6Extension"/>s or headers with fields of their own.</summary>
    /// <param name="layers">Outermost first.</param>
    public Packet With(params IEnumerable<Layer> layers) => new([.. Layers, .. layers], _changes);

    /// <summary>Adds a VLAN tag.</summary>
    /// <param name="id">The VLAN, 0 to 4095.</param>
    /// <param name="priority">0 to 7.</param>
    public Packet Vlan(ushort id, byte priority = 0) => With(new VlanTag(id) { Priority = priority });

    /// <summary>Adds an ARP message; by default a question.</summary>
    /// <param name="message">The message.</param>
    public Packet Arp(ArpMessage message) => With(message);

    /// <summary>Adds an IPv4 header; behind another IP header it is the inner one of a tunnel.</summary>
    /// <param name="source">The sender.</param>
    /// <param name="destination">The receiver.</param>
    /// <param name="ttl">The time to live.</param>
    /// <param name="options">At most 40 bytes, a multiple of four.</param>
    /// <exception cref="FormatException">One of the two is no IPv4 address.</exception>
    public Packet IPv4(string source, string destination, byte ttl = 64, byte[]? options = null) =>
        With(new IPv4Header(AddressText.ParseV4(source), AddressText.ParseV4(destination)) { HopLimit = ttl, Options = options ?? [] });

    /// <summary>Adds an IPv6 header; behind another IP header it is the inner one of a tunnel.</summary>
    /// <param name="source">The sender.</param>
    /// <param name="destination">The receiver.</param>
    /// <param name="hopLimit">The hop limit.</param>
    /// <exception cref="FormatException">One of the two is no IPv6 address.</exception>
    public Packet IPv6(string source, string destination, byte hopLimit = 64) =>
        With(new IPv6Header(AddressText.ParseV6(source), AddressText.ParseV6(destination)) { HopLimit = hopLimit });

    /// <summary>Adds an IP header of the family of the two addresses.</summary>
    internal Packet IP(IPAddress source, IPAddress destination) => With(
        source.AddressFamily != destination.AddressFamily
            ? throw new ArgumentException($"{source} and {destination} are of two families: a packet has addresses of one.", nameof(destination))
            : source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? new IPv6Header(source, destination) : new IPv4Header(source, destination));

    /// <summary>Adds a TCP header and a payload.</summary>
    /// <param name="sourcePort">Of the sender.</param>
    /// <param name="destinationPort">Of the receiver.</param>
    /// <param name="flags">The control bits.</param>
    /// <param name="payload">Nothing by default.</param>
    public Packet Tcp(ushort sourcePort, ushort destinationPort, TcpFlags flags, byte[]? payload = null) =>
        With(new TcpHeader(sourcePort, destinationPort, flags)).Payload(payload ?? []);

    /// <summary>Adds a UDP header and a payload.</summary>
    /// <param name="sourcePort">Of the sender.</param>
    /// <param name="destinationPort">Of the receiver.</param>
    /// <param name="payload">Nothing by default.</param>
    public Packet Udp(ushort sourcePort, ushort destinationPort, byte[]? payload = null) =>
        With(new UdpHeader(sourcePort, destinationPort)).Payload(payload ?? []);

    /// <summary>Adds an SCTP header and chunks.</summary>
    /// <param name="sourcePort">Of the sender.</param>
    /// <param name="destinationPort">Of the receiver.</param>
    /// <param name="chunks">An INIT chunk by default.</param>
    public Packet Sctp(ushort sourcePort, ushort destinationPort, byte[]? chunks = null) =>
        With(new SctpHeader(sourcePort, destinationPort)).Payload(chunks ?? SctpHeader.Init);

    /// <summary>Adds an echo request or reply, of ICMP or ICMPv6 as the IP header before it asks.</summary>
    /// <param name="identifier">Of the conversation.</param>
    /// <param name="sequence">Of the message.</param>
    /// <param name="reply">Whether it is the answer.</param>
    /// <param name="payload">Nothing by default.</param>
    public Packet Echo(ushort identifier, ushort sequence = 1, bool reply = false, byte[]? payload = null) => Icmp(
        (byte)(LastIsV6 ? (reply ? 129 : 128) : (reply ? 0 : 8)), 0, ((uint)identifier << 16) | sequence, payload);

    /// <summary>Adds a message of ICMP or, behind an IPv6 header, of ICMPv6.</summary>
    /// <param name="type">The family's own number.</param>
    /// <param name="code">The code.</param>
    /// <param name="secondWord">What the second four bytes hold.</param>
    /// <param name="payload">Nothing by default.</param>
    public Packet Icmp(byte type, byte code, uint secondWord = 0, byte[]? payload = null) =>
        With(new IcmpHeader(type, code, LastIsV6) { SecondWord = secondWord }).Payload(payload ?? []);

    /// <summary>Adds an ICMP error of the family about a packet.</summary>
    /// <param name="about">The packet that it quotes.</param>
    /// <param name="type">The family's own number.</param>
    /// <param name="code">The code.</param>
    /// <param name="secondWord">What the second four bytes hold.</param>
    /// <param name="quoted">How many bytes of that packet it quotes at most.</param>
    public Packet IcmpError(Packet about, byte type, byte code, uint secondWord = 0, int quoted = 576)
    {
        ArgumentNullException.ThrowIfNull(about);
        var bytes = about.ToNetworkBytes();
        return Icmp(type, code, secondWord, bytes[..Math.Min(bytes.Length, quoted)]);
    }

    /// <summary>Adds "port unreachable" about a packet.</summary>
    /// <param name="about">The packet that it quotes.</param>
    public Packet PortUnreachable(Packet about) => LastIsV6 ? IcmpError(about, 1, 4) : IcmpError(about, 3, 3);

    /// <summary>Adds "fragmentation needed" or "packet too big" about a packet.</summary>
    /// <param name="about">The packet that it quotes.</param>
    /// <param name="mtu">What would fit, in bytes.</param>
    public Packet TooBig(Packet about, ushort mtu) => LastIsV6 ? IcmpError(about, 2, 0, mtu) : IcmpError(about, 3, 4, mtu);

    /// <summary>Adds "time exceeded" about a packet.</summary>
    /// <param name="about">The packet that it quotes.</param>
    public Packet TimeExceeded(Packet about) => IcmpError(about, (byte)(LastIsV6 ? 3 : 11), 0);

    /// <summary>Adds a VXLAN header; it belongs behind a UDP header to port 4789.</summary>
    /// <param name="networkId">The VXLAN network identifier, 24 bits.</param>
    public Packet Vxlan(uint networkId) => With(new VxlanHeader(networkId));

    /// <summary>Adds the Ethernet header of a tunnelled frame.</summary>
    /// <param name="source">From which station; made up where it is null.</param>
    /// <param name="destination">To which; made up where it is null.</param>
    public Packet InnerEthernet(MacAddress? source = null, MacAddress? destination = null) => With(new EthernetHeader(
        source ?? EthernetHeader.Default.Source, destination ?? EthernetHeader.Default.Destination));

    /// <summary>Adds all layers of a packet: what a tunnel carries.</summary>
    /// <param name="inner">The packet inside.</param>
    public Packet Carrying(Packet inner) => With((inner ?? throw new ArgumentNullException(nameof(inner))).Layers);

    /// <summary>Adds a payload; none where there are no bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public Packet Payload(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length == 0 ? this : With(new Payload(bytes));
    }

    private bool LastIsV6 => Layers.OfType<IPHeader>().LastOrDefault()?.IsV6
        ?? throw new InvalidOperationException("The packet has no IP header yet, so nobody knows whether ICMP or ICMPv6 is meant. Add one before.");
}
