using System.Net;
using System.Net.Sockets;
using Calico.Core.Maps.Layout;
using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <summary>One interface of the node that a chain under test stands on. Immutable.</summary>
public sealed record TestInterface
{
    internal TestInterface(string name, InterfaceKind kind, int number) => (Name, Kind, Number) = (name, kind, number);

    /// <summary>What the kernel calls it in the test's network namespace.</summary>
    public string Name { get; }

    /// <summary>Whether a workload is behind it; else it is an uplink or a tunnel device of the node.</summary>
    public bool IsWorkload => Kind == InterfaceKind.Workload;

    /// <summary>The kernel's index, in the test's network namespace.</summary>
    public uint Ifindex { get; internal init; }

    /// <summary>The workload's IPv4 address; of an uplink, the node's.</summary>
    public IPAddress IPv4 => IPAddress.Parse(IsWorkload ? $"10.0.0.{Number}" : $"192.0.{Number}.1");

    /// <summary>The workload's IPv6 address; of an uplink, the node's.</summary>
    public IPAddress IPv6 => IPAddress.Parse(IsWorkload ? $"fd00:10::{Number:x}" : $"fd00:{Number:x}::1");

    /// <summary>The Ethernet address of the node's side.</summary>
    public MacAddress HostMac => new([2, 0, 0, 0, 1, (byte)Number]);

    /// <summary>The Ethernet address of the other side: the workload's own, or the gateway's.</summary>
    public MacAddress PeerMac => new([2, 0, 0, 0, 2, (byte)Number]);

    internal InterfaceKind Kind { get; }

    internal int Number { get; }

    /// <summary>Whether the other end of the veth is in another namespace.</summary>
    internal bool PeerElsewhere { get; init; } = true;

    /// <summary>Its place in the interface map.</summary>
    internal ushort Slot { get; init; }

    /// <summary>The address of a family.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    public IPAddress Address(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPv6 : IPv4;

    /// <summary>Its name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
