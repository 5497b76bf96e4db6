using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Testing;

/// <content>Looking into a packet.</content>
public sealed partial class Packet
{
    /// <summary>The outermost header of a type.</summary>
    /// <typeparam name="T">The header's type.</typeparam>
    /// <exception cref="InvalidOperationException">The packet has none.</exception>
    public T Header<T>()
        where T : Layer => Find<T>() ?? throw new InvalidOperationException($"The packet has no {typeof(T).Name}: {this}");

    /// <summary>The outermost header of a type; null where the packet has none.</summary>
    /// <typeparam name="T">The header's type.</typeparam>
    public T? Find<T>()
        where T : Layer => Layers.OfType<T>().FirstOrDefault();

    /// <summary>The innermost header of a type: what a tunnel carries.</summary>
    /// <typeparam name="T">The header's type.</typeparam>
    /// <exception cref="InvalidOperationException">The packet has none.</exception>
    public T InnerHeader<T>()
        where T : Layer => Layers.OfType<T>().LastOrDefault() ?? throw new InvalidOperationException($"The packet has no {typeof(T).Name}: {this}");

    /// <summary>The bytes behind the last header.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Bytes of a packet")]
    public byte[] PayloadBytes => Layers is [.., Testing.Payload payload] ? payload.Bytes : [];

    /// <summary>Where a header begins in the frame, in bytes; the Ethernet header that sending adds is counted.</summary>
    /// <typeparam name="T">The header's type; of several, the outermost.</typeparam>
    /// <exception cref="InvalidOperationException">The packet has none.</exception>
    public int OffsetOf<T>()
        where T : Layer
    {
        var framed = In(EthernetHeader.Default);
        var wanted = framed.Header<T>();
        var index = framed.Layers.ToList().FindIndex(layer => ReferenceEquals(layer, wanted));
        return framed.BuildFrom(0).Length - framed.BuildFrom(index).Length;
    }
}
