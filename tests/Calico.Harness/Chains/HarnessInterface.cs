using Calico.Core.Maps.Layout;
using Calico.Sdk.Net;

namespace Calico.Harness.Chains;

/// <summary>One interface of the harness's node.</summary>
public sealed record HarnessInterface(string Name, InterfaceKind Kind, int Number)
{
    /// <summary>Whether the other end of the veth is in another namespace.</summary>
    public bool PeerElsewhere { get; init; } = true;

    public uint Ifindex { get; init; }

    /// <summary>Its place in the interface map.</summary>
    public ushort Slot { get; init; }

    /// <summary>The workload's address; for an uplink, the node's.</summary>
    public string IPv4 => Kind == InterfaceKind.Workload ? $"10.0.0.{Number}" : $"192.0.{Number}.1";

    /// <inheritdoc cref="IPv4"/>
    public string IPv6 => Kind == InterfaceKind.Workload ? $"fd00:10::{Number:x}" : $"fd00:{Number:x}::1";

    public MacAddress HostMac => new([2, 0, 0, 0, 1, (byte)Number]);

    /// <summary>The workload's own, or the gateway's.</summary>
    public MacAddress PeerMac => new([2, 0, 0, 0, 2, (byte)Number]);

    /// <summary>The address of the family.</summary>
    public string Address(bool v6) => v6 ? IPv6 : IPv4;
}
