namespace Calico.Sdk.Testing;

/// <content>Variants of a packet, right ones and malformed ones.</content>
public sealed partial class Packet
{
    /// <summary>A variant in which the outermost header of a type is another.</summary>
    /// <example><c>packet.Change&lt;IPv4Header&gt;(ip => ip with { HopLimit = 1 })</c></example>
    /// <typeparam name="T">The header's type.</typeparam>
    /// <param name="change">Gives the other header.</param>
    /// <exception cref="InvalidOperationException">The packet has no such header.</exception>
    public Packet Change<T>(Func<T, Layer> change)
        where T : Layer
    {
        ArgumentNullException.ThrowIfNull(change);
        var layers = Layers.ToArray();
        var index = Array.FindIndex(layers, layer => layer is T);
        if (index < 0)
        {
            throw new InvalidOperationException($"The packet has no {typeof(T).Name} that could be changed: {this}");
        }

        layers[index] = change((T)layers[index]);
        return new Packet(layers, _changes);
    }

    /// <summary>What the receiver would answer: addresses and ports exchanged, an echo request made a reply.</summary>
    /// <remarks>The payload goes back as it came. An Ethernet header is left out: the interface of the answer gives it its own.</remarks>
    public Packet Reply() => new([.. Layers.SkipWhile(layer => layer is EthernetHeader).Select(layer => layer switch
    {
        IPHeader ip => ip.Reversed(),
        PortHeader ports => ports.Reversed(),
        IcmpHeader icmp => icmp.Reversed(),
        EthernetHeader frame => frame with { Source = frame.Destination, Destination = frame.Source },
        _ => layer,
    })], []);

    /// <summary>What the receiver of a TCP segment would answer, with these control bits and without a payload.</summary>
    /// <param name="flags">The control bits.</param>
    /// <exception cref="InvalidOperationException">It is no TCP segment.</exception>
    public Packet Reply(TcpFlags flags)
    {
        var asked = Header<TcpHeader>();
        var acknowledged = asked.Sequence + (uint)PayloadBytes.Length + (asked.Flags.HasFlag(TcpFlags.Syn) ? 1u : 0);
        return new Packet([.. Reply().Layers.Where(layer => layer is not Testing.Payload)], [])
            .Change<TcpHeader>(tcp => tcp with { Flags = flags, Sequence = asked.Acknowledgment, Acknowledgment = acknowledged });
    }

    /// <summary>A variant in which some bytes of the frame are others.</summary>
    /// <param name="offset">From the start of the frame, whose Ethernet header is 14 bytes also where sending adds it.</param>
    /// <param name="bytes">What stands there.</param>
    public Packet Patched(int offset, params byte[] bytes) => Altered(frame =>
    {
        bytes.CopyTo(frame, offset);
        return frame;
    });

    /// <summary>A variant of which only the first bytes are left.</summary>
    /// <param name="length">How many bytes of the frame.</param>
    public Packet CutTo(int length) => Altered(frame => frame[..length]);

    /// <summary>A variant with bytes behind the packet, as the padding of short frames is.</summary>
    /// <param name="count">How many zeros.</param>
    public Packet Padded(int count) => Altered(frame => [.. frame, .. new byte[count]]);

    /// <summary>A variant whose frame is changed after it was built.</summary>
    /// <param name="change">Gets a frame of its own, and gives back what is sent.</param>
    public Packet Altered(Func<byte[], byte[]> change) => new(Layers, [.. _changes, change ?? throw new ArgumentNullException(nameof(change))]);
}
