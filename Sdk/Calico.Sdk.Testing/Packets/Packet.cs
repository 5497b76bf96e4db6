using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <summary>
/// A packet: headers from the outermost to the innermost, and a payload. Immutable: every method returns another packet.
/// </summary>
/// <remarks>
/// <code>
/// Packet.From(chain.WorkloadA).To(chain.WorkloadB).Tcp(40000, 80, TcpFlags.Syn)
/// Packet.Ethernet(a, b).Vlan(7).IPv6("fd00::1", "fd00::2").With(IPv6Extension.HopByHop()).Udp(1, 2, payload)
/// Packet.From("10.0.0.1").To("10.0.0.2").Udp(5000, 4789).Vxlan(42).InnerEthernet().IPv4("10.1.0.1", "10.1.0.2").Tcp(1, 2, TcpFlags.Syn)
/// </code>
/// Lengths, checksums and the numbers of what follows are right, unless a header says otherwise
/// (<see cref="Change{T}"/>), or the bytes are changed afterwards (<see cref="Patched"/>, <see cref="CutTo"/>).
/// Two packets are equal where their bytes are.
/// </remarks>
public sealed partial class Packet : IEquatable<Packet>
{
    private readonly Func<byte[], byte[]>[] _changes;

    private Packet(IReadOnlyList<Layer> layers, Func<byte[], byte[]>[] changes)
    {
        Layers = layers;
        _changes = changes;
    }

    /// <summary>The headers and the payload, outermost first.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Whether it has an Ethernet header of its own; if not, sending it adds that of the interface.</summary>
    public bool IsFramed => Layers is [EthernetHeader, ..];

    /// <summary>Begins a packet without a frame: the interface that it is sent through gives it one.</summary>
    /// <param name="source">The sender's address, IPv4 or IPv6.</param>
    /// <exception cref="FormatException">It is no address.</exception>
    public static PacketSource From(string source) => new(AddressText.Parse(source));

    /// <inheritdoc cref="From(string)"/>
    public static PacketSource From(System.Net.IPAddress source) => new(source ?? throw new ArgumentNullException(nameof(source)));

    /// <summary>Begins an IPv4 packet from an interface's own address; for IPv6 take <c>From(interface.IPv6)</c>.</summary>
    /// <param name="source">The interface.</param>
    public static PacketSource From(TestInterface source) => new((source ?? throw new ArgumentNullException(nameof(source))).IPv4);

    /// <summary>Begins a packet with an Ethernet header of its own.</summary>
    /// <param name="source">From which station.</param>
    /// <param name="destination">To which.</param>
    public static Packet Ethernet(MacAddress source, MacAddress destination) => Of([new EthernetHeader(source, destination)]);

    /// <inheritdoc cref="Ethernet(MacAddress, MacAddress)"/>
    /// <exception cref="FormatException">One of them is no Ethernet address.</exception>
    public static Packet Ethernet(string source, string destination) => Ethernet(MacAddress.Parse(source), MacAddress.Parse(destination));

    /// <summary>A packet of the given layers.</summary>
    /// <param name="layers">Outermost first.</param>
    public static Packet Of(IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return new Packet([.. layers], []);
    }

    /// <summary>The frame's bytes; a packet without an Ethernet header gets a made-up one.</summary>
    public byte[] ToBytes() => IsFramed ? Changed(BuildFrom(0)) : In(EthernetHeader.Default).ToBytes();

    /// <summary>The bytes from the network header on: what an ICMP error quotes. Changes to the frame's bytes are not in it.</summary>
    public byte[] ToNetworkBytes() => BuildFrom(NetworkIndex);

    /// <summary>The same in a frame of its own; a frame that it has already stays.</summary>
    internal Packet In(EthernetHeader frame) => IsFramed ? this : new Packet([frame, .. Layers], _changes);

    /// <inheritdoc/>
    public bool Equals(Packet? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Packet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(ToBytes());
        return hash.ToHashCode();
    }

    private int NetworkIndex => Layers.TakeWhile(layer => layer is EthernetHeader or VlanTag).Count();

    /// <summary>From the inside out: a header's length and checksum cover what it carries.</summary>
    private byte[] BuildFrom(int first)
    {
        byte[] carried = [];
        for (var i = Layers.Count - 1; i >= first; i--)
        {
            carried = [.. Layers[i].Build(new LayerPlace(NetworkOf(i), i + 1 < Layers.Count ? Layers[i + 1] : null, carried)), .. carried];
        }

        return carried;
    }

    private byte[] Changed(byte[] frame) => _changes.Aggregate(frame, (bytes, change) => change(bytes));

    /// <summary>The IP header that carries the layer at an index.</summary>
    private IPHeader? NetworkOf(int index)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (Layers[i] is IPHeader ip)
            {
                return ip;
            }
        }

        return null;
    }
}
