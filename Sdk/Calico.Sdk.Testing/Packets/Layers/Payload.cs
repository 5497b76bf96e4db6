using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Testing;

/// <summary>Bytes that are no header: a payload, or a whole protocol written by hand.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record Payload([property: SuppressMessage("Performance", "CA1819", Justification = "Bytes of a packet")] byte[] Bytes) : Layer
{
    /// <summary>The IP protocol that it is, where it stands directly behind an IP header; null: 253, for experiments (RFC 3692).</summary>
    public byte? Protocol { get; init; }

    internal override byte? ProtocolNumber => Protocol;

    internal override byte[] Build(LayerPlace place) => Bytes;

    internal override string Describe(LayerPlace place) => Protocol is { } number ? $"protocol {number}" : "";
}
