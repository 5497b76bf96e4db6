using System.Net;

namespace Calico.Sdk.Testing;

/// <summary>An IPv4 or IPv6 header.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
public abstract record IPHeader(IPAddress Source, IPAddress Destination) : Layer
{
    /// <summary>For experiments (RFC 3692): what a payload without a number of its own is carried as.</summary>
    private protected const byte Experimental = 253;

    /// <summary>TTL, or hop limit.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>Whether it is IPv6.</summary>
    public abstract bool IsV6 { get; }

    /// <summary>The same with source and destination exchanged.</summary>
    internal IPHeader Reversed() => this with { Source = Destination, Destination = Source };

    private protected string Hop => HopLimit == 64 ? "" : $", {(IsV6 ? "hlim" : "ttl")} {HopLimit}";
}
