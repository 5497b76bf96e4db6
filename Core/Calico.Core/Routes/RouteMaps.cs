using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk.Net;

namespace Calico.Core.Routes;

/// <summary>Writes routes into the maps that chains read: what changed, and nothing else. Not thread-safe.</summary>
public sealed class RouteMaps
{
    private readonly BpfMap<uint, RouteEntry> _addressesV4;
    private readonly BpfMap<AddressKeyV6, RouteEntry> _addressesV6;
    private readonly BpfMap<PrefixKeyV4, RouteEntry> _routesV4;
    private readonly BpfMap<PrefixKeyV6, RouteEntry> _routesV6;
    private readonly BpfMap<SourceKeyV4, uint> _grantedV4;
    private readonly BpfMap<SourceKeyV6, uint> _grantedV6;
    private Dictionary<IpNetwork, Route> _written = [];
    private HashSet<GrantedSource> _granted = [];

    /// <summary>Begins with empty maps: what an earlier agent wrote is removed once the first table is in.</summary>
    public RouteMaps(MapSet maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        _addressesV4 = maps.Typed<uint, RouteEntry>("addresses_v4");
        _addressesV6 = maps.Typed<AddressKeyV6, RouteEntry>("addresses_v6");
        _routesV4 = maps.Typed<PrefixKeyV4, RouteEntry>("routes_v4");
        _routesV6 = maps.Typed<PrefixKeyV6, RouteEntry>("routes_v6");
        _grantedV4 = maps.Typed<SourceKeyV4, uint>("granted_sources_v4");
        _grantedV6 = maps.Typed<SourceKeyV6, uint>("granted_sources_v6");
    }

    /// <summary>Brings the maps to the table; returns the prefixes whose route is new, has changed or gone.</summary>
    public IReadOnlyCollection<IpNetwork> Apply(RoutePlan table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var changed = new List<IpNetwork>();
        foreach (var (prefix, route) in table.Prefixes)
        {
            var known = _written.TryGetValue(prefix, out var old);
            if (!known || old! != route)
            {
                Write(prefix, route);
                changed.Add(prefix);
            }
        }

        foreach (var prefix in _written.Keys.Where(prefix => !table.Prefixes.ContainsKey(prefix)))
        {
            Remove(prefix);
            changed.Add(prefix);
        }

        foreach (var source in table.GrantedSources.Except(_granted))
        {
            Grant(source);
        }

        foreach (var source in _granted.Except(table.GrantedSources))
        {
            Revoke(source);
        }

        _written = new(table.Prefixes);
        _granted = [.. table.GrantedSources];
        return changed;
    }

    /// <summary>Removes what is in the maps and not in the last table: the leavings of an earlier agent.</summary>
    public void RemoveForeign()
    {
        var single = _written.Keys.Where(prefix => prefix.IsSingleAddress).ToHashSet();
        foreach (var (key, _) in _addressesV4.Entries())
        {
            var word = key;
            if (!single.Contains(new IpNetwork(new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in word))), 32)))
            {
                _addressesV4.Remove(key);
            }
        }

        foreach (var (key, _) in _addressesV6.Entries())
        {
            if (!single.Contains(new IpNetwork(new IPAddress(MemoryMarshal.AsBytes((ReadOnlySpan<uint>)key.Words)), 128)))
            {
                _addressesV6.Remove(key);
            }
        }

        foreach (var (key, _) in _routesV4.Entries())
        {
            var word = key.Address;
            if (!_written.ContainsKey(new IpNetwork(new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in word))), (int)key.Length)))
            {
                _routesV4.Remove(key);
            }
        }

        foreach (var (key, _) in _routesV6.Entries())
        {
            if (!_written.ContainsKey(new IpNetwork(new IPAddress(MemoryMarshal.AsBytes((ReadOnlySpan<uint>)key.Address)), (int)key.Length)))
            {
                _routesV6.Remove(key);
            }
        }

        foreach (var (key, _) in _grantedV4.Entries())
        {
            var word = key.Address;
            var prefix = new IpNetwork(new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in word))), (int)key.Length - 32);
            if (!_granted.Contains(new GrantedSource((int)BinaryPrimitives.ReverseEndianness(key.Slot), prefix)))
            {
                _grantedV4.Remove(key);
            }
        }

        foreach (var (key, _) in _grantedV6.Entries())
        {
            var prefix = new IpNetwork(new IPAddress(MemoryMarshal.AsBytes((ReadOnlySpan<uint>)key.Address)), (int)key.Length - 32);
            if (!_granted.Contains(new GrantedSource((int)BinaryPrimitives.ReverseEndianness(key.Slot), prefix)))
            {
                _grantedV6.Remove(key);
            }
        }
    }

    private void Write(IpNetwork prefix, Route route)
    {
        var entry = new RouteEntry
        {
            Slot = (ushort)route.Slot,
            Kind = (byte)route.Kind,
            NextHop = route.NextHop is { } hop ? Words(hop) : default,
        };
        switch (prefix.IsIPv6, prefix.IsSingleAddress)
        {
            case (false, true):
                _addressesV4.Set(Words(prefix.Address)[0], entry);
                break;
            case (true, true):
                _addressesV6.Set(new AddressKeyV6 { Words = Words(prefix.Address) }, entry);
                break;
            case (false, false):
                _routesV4.Set(PrefixV4(prefix), entry);
                break;
            default:
                _routesV6.Set(PrefixV6(prefix), entry);
                break;
        }
    }

    private void Remove(IpNetwork prefix)
    {
        _ = (prefix.IsIPv6, prefix.IsSingleAddress) switch
        {
            (false, true) => _addressesV4.Remove(Words(prefix.Address)[0]),
            (true, true) => _addressesV6.Remove(new AddressKeyV6 { Words = Words(prefix.Address) }),
            (false, false) => _routesV4.Remove(PrefixV4(prefix)),
            _ => _routesV6.Remove(PrefixV6(prefix)),
        };
    }

    private void Grant(GrantedSource source)
    {
        if (source.Prefix.IsIPv6)
        {
            _grantedV6.Set(SourceV6(source), 1);
        }
        else
        {
            _grantedV4.Set(SourceV4(source), 1);
        }
    }

    private void Revoke(GrantedSource source) =>
        _ = source.Prefix.IsIPv6 ? _grantedV6.Remove(SourceV6(source)) : _grantedV4.Remove(SourceV4(source));

    private static PrefixKeyV4 PrefixV4(IpNetwork prefix) =>
        new() { Length = (uint)prefix.PrefixLength, Address = Words(prefix.Address)[0] };

    private static PrefixKeyV6 PrefixV6(IpNetwork prefix) =>
        new() { Length = (uint)prefix.PrefixLength, Address = Words(prefix.Address) };

    private static SourceKeyV4 SourceV4(GrantedSource source) => new()
    {
        Length = 32 + (uint)source.Prefix.PrefixLength,
        Slot = BinaryPrimitives.ReverseEndianness((uint)source.Slot),
        Address = Words(source.Prefix.Address)[0],
    };

    private static SourceKeyV6 SourceV6(GrantedSource source) => new()
    {
        Length = 32 + (uint)source.Prefix.PrefixLength,
        Slot = BinaryPrimitives.ReverseEndianness((uint)source.Slot),
        Address = Words(source.Prefix.Address),
    };

    private static AddressWords Words(IPAddress address)
    {
        var words = default(AddressWords);
        address.TryWriteBytes(MemoryMarshal.AsBytes((Span<uint>)words), out _);
        return words;
    }
}
