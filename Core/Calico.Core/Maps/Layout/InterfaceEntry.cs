using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What the chains know of one interface: one cache line, indexed by slot. Slot 0 is the host itself.</summary>
[CName("interface")]
public struct InterfaceEntry
{
    /// <summary>The kernel's index; 0 = the slot is free (or slot 0, the host).</summary>
    public uint Ifindex;

    /// <summary>See <see cref="FlowDirection.Stamp"/>; never 0.</summary>
    public uint Stamp;

    /// <summary>Largest packet, in bytes from the network header on.</summary>
    public uint Mtu;

    /// <summary><see cref="InterfaceKind"/>.</summary>
    public byte Kind;

    /// <summary><see cref="InterfaceFlags"/>.</summary>
    public byte Flags;

    public ushort Slot;

    /// <summary>What a frame into the workload carries: its address, then the host side's.</summary>
    public EthernetAddresses Ethernet;

    public uint Reserved0;

    public AddressWords Reserved1;

    public AddressWords Reserved2;
}
