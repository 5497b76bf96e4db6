using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Net;

namespace Calico.Core.Attach;

/// <summary>Writes what the chains know of interfaces. Not thread-safe: one writer, the runtime.</summary>
public sealed class InterfaceMap
{
    private readonly BpfMap<uint, InterfaceEntry> _entries;
    private readonly BpfMap<uint, uint> _displaced;
    private readonly InterfaceSlots _slots;

    public InterfaceMap(MapSet maps, uint size)
    {
        ArgumentNullException.ThrowIfNull(maps);
        _entries = maps.Typed<uint, InterfaceEntry>("interfaces");
        _displaced = maps.Typed<uint, uint>("interface_slots");
        _slots = new InterfaceSlots((int)size);
    }

    /// <summary>Frees the slots that an earlier agent left for interfaces that are gone.</summary>
    public void Forget(IReadOnlySet<int> present)
    {
        ArgumentNullException.ThrowIfNull(present);
        foreach (var (slot, entry) in _entries.Entries())
        {
            if (entry.Ifindex != 0 && !present.Contains((int)entry.Ifindex))
            {
                _entries.Set(slot, new InterfaceEntry { Stamp = Stamp.Next() });
                _displaced.Remove(entry.Ifindex);
            }
        }
    }

    /// <summary>Writes slot 0, the host itself, unless an earlier agent did: flows go on as they were decided.</summary>
    public void EnsureHost()
    {
        if (!_entries.TryGet(0, out var host) || host.Stamp == 0)
        {
            WriteHost();
        }
    }

    /// <summary>Writes slot 0, the host itself: what depends on it is decided again.</summary>
    public void WriteHost() => _entries.Set(0, new InterfaceEntry
    {
        Stamp = Stamp.Next(),
        Mtu = uint.MaxValue,
        Kind = (byte)InterfaceKind.Stack,
    });

    /// <summary>Writes an interface's entry and returns its slot.</summary>
    /// <param name="link">The interface.</param>
    /// <param name="kind">What it is to the node.</param>
    /// <param name="peer">The workload's MAC address, where it is known.</param>
    /// <param name="isRedecided">True: flows through it are decided again.</param>
    public int Write(LinkInfo link, InterfaceKind kind, MacAddress? peer, bool isRedecided)
    {
        ArgumentNullException.ThrowIfNull(link);
        var slot = (uint)_slots.Take(link.Index);
        var entry = new InterfaceEntry
        {
            Ifindex = (uint)link.Index,
            Mtu = (uint)link.Mtu,
            Kind = (byte)kind,
            Slot = (ushort)slot,
            Flags = (byte)((link.HasPeerElsewhere ? InterfaceFlags.PeerElsewhere : 0)
                | (peer is not null ? InterfaceFlags.PeerMacKnown : 0)
                | (link.HasEthernetHeader ? InterfaceFlags.Ethernet : 0)),
        };
        peer?.CopyTo(((Span<byte>)entry.Ethernet)[..6]);
        link.Mac.CopyTo(((Span<byte>)entry.Ethernet)[6..]);

        _ = _entries.TryGet(slot, out var old);
        var same = old.Ifindex == entry.Ifindex && old.Kind == entry.Kind && old.Flags == entry.Flags && old.Stamp != 0;
        entry.Stamp = same && !isRedecided ? old.Stamp : Stamp.Next();
        _entries.Set(slot, entry);
        if (_slots.IsDisplaced(link.Index))
        {
            _displaced.Set((uint)link.Index, slot);
        }

        return (int)slot;
    }

    /// <summary>Flows through the interface are decided again with their next packet.</summary>
    public void Redecide(int ifindex)
    {
        var slot = (uint)_slots.Take(ifindex);
        if (_entries.TryGet(slot, out var entry) && entry.Ifindex == ifindex)
        {
            entry.Stamp = Stamp.Next();
            _entries.Set(slot, entry);
        }
    }

    /// <summary>The interface is gone. What remembers it no longer matches.</summary>
    public void Remove(int ifindex)
    {
        var slot = (uint)_slots.Take(ifindex);
        _entries.Set(slot, new InterfaceEntry { Stamp = Stamp.Next() });
        _displaced.Remove((uint)ifindex);
        _slots.Release(ifindex);
    }
}
