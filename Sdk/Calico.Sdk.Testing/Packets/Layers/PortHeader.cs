namespace Calico.Sdk.Testing;

/// <summary>A transport header with ports: TCP, UDP, SCTP.</summary>
/// <param name="SourcePort">Of the sender.</param>
/// <param name="DestinationPort">Of the receiver.</param>
public abstract record PortHeader(ushort SourcePort, ushort DestinationPort) : Layer
{
    /// <summary>The same with source and destination exchanged.</summary>
    internal PortHeader Reversed() => this with { SourcePort = DestinationPort, DestinationPort = SourcePort };

    /// <summary>The checksum over the pseudo header of the IP header before it; without one over the bytes alone.</summary>
    private protected static ushort ChecksumOf(LayerPlace place, byte protocol, byte[] header)
    {
        byte[] whole = [.. header, .. place.Carried];
        return Checksum.Of(whole, place.Network is { } ip ? Checksum.PseudoHeader(ip.Source, ip.Destination, protocol, whole.Length) : 0);
    }
}
