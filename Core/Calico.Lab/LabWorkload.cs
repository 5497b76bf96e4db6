using System.Net;
using Calico.Core.Net;

namespace Calico.Lab;

/// <summary>A workload: a namespace joined to its node's by a veth.</summary>
public sealed record LabWorkload
{
    /// <summary>Its name, unique on its node.</summary>
    public required string Name { get; init; }

    /// <summary>Its number on its node, from 1; its addresses follow from it.</summary>
    public required int Number { get; init; }

    /// <summary>The name of its node.</summary>
    public required string Node { get; init; }

    /// <summary>Where its processes run; the veth's end in it is <c>eth0</c>.</summary>
    public required NetworkNamespace Namespace { get; init; }

    /// <summary>The veth's end in the node's namespace.</summary>
    public required string HostInterface { get; init; }

    /// <summary>Its IPv4 address, a /32.</summary>
    public required IPAddress Address4 { get; init; }

    /// <summary>Its IPv6 address, a /128.</summary>
    public required IPAddress Address6 { get; init; }

    /// <summary>The Ethernet address of its <c>eth0</c>.</summary>
    public required MacAddress Mac { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{Name}";
}
