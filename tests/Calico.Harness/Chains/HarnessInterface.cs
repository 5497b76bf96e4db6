using Calico.Sdk.Net;
using Calico.Sdk.Testing;

namespace Calico.Harness.Chains;

/// <summary>One interface of the harness's node, with its addresses as text and its place in the interface map.</summary>
public sealed record HarnessInterface(TestInterface Inner)
{
    public string Name => Inner.Name;

    public uint Ifindex => Inner.Ifindex;

    /// <summary>Its place in the interface map.</summary>
    public ushort Slot => Inner.Slot;

    /// <summary>The workload's address; for an uplink, the node's.</summary>
    public string IPv4 => Inner.IPv4.ToString();

    /// <inheritdoc cref="IPv4"/>
    public string IPv6 => Inner.IPv6.ToString();

    public MacAddress HostMac => Inner.HostMac;

    /// <summary>The workload's own, or the gateway's.</summary>
    public MacAddress PeerMac => Inner.PeerMac;

    /// <summary>The address of the family.</summary>
    public string Address(bool v6) => v6 ? IPv6 : IPv4;
}
