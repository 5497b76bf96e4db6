using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>Where an address or a prefix is.</summary>
[CName("route")]
public struct RouteEntry
{
    /// <summary>For a local workload: its interface's slot.</summary>
    public ushort Slot;

    /// <summary><see cref="RouteKind"/>.</summary>
    public byte Kind;

    public byte Flags;

    /// <summary>For a remote workload: its node's address.</summary>
    public AddressWords NextHop;
}
