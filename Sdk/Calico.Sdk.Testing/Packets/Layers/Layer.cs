namespace Calico.Sdk.Testing;

/// <summary>One header of a packet, or its payload, as an immutable value: <c>with</c> makes variants.</summary>
/// <remarks>
/// A field whose type allows null is filled in right where it is null: lengths, checksums, and the number of what comes
/// next. Give it a value to make it wrong.
/// </remarks>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>The IP protocol number under which it is carried; null where it is not carried by IP directly.</summary>
    internal virtual byte? ProtocolNumber => null;

    /// <summary>The EtherType under which it is carried; null where it is not carried by Ethernet directly.</summary>
    internal virtual ushort? TypeNumber => null;

    /// <summary>The header's own bytes, before what it carries.</summary>
    internal abstract byte[] Build(LayerPlace place);

    /// <summary>Variants in which one field is filled in: what a parsed header becomes where that field was right.</summary>
    internal virtual IReadOnlyList<Func<Layer, Layer>> Fillings => [];

    /// <summary>For <see cref="Packet.ToString"/>.</summary>
    internal abstract string Describe(LayerPlace place);
}

/// <summary>Where a layer stands while a packet is built.</summary>
/// <param name="Network">The IP header that carries it; null where there is none.</param>
/// <param name="Inner">What it carries; null where it is the last.</param>
/// <param name="Carried">The bytes of all that it carries.</param>
internal readonly ref struct LayerPlace(IPHeader? Network, Layer? Inner, ReadOnlySpan<byte> Carried)
{
    public IPHeader? Network { get; } = Network;

    public Layer? Inner { get; } = Inner;

    public ReadOnlySpan<byte> Carried { get; } = Carried;
}
