using Calico.Core.Bpf;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Chain.Rendering;

/// <summary>The maps that Core itself contributes.</summary>
public static class SpineMaps
{
    public static IReadOnlyList<SharedMap> All(TableSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return
        [
            // Preallocated: an insert into a hash that is not costs more than twice as much.
            new("flows_v4", MapType.LruHash, typeof(FlowKeyV4), typeof(FlowEntry), sizes.FlowsV4),
            new("flows_v6", MapType.LruHash, typeof(FlowKeyV6), typeof(FlowEntry), sizes.FlowsV6),
            new("pending_v4", MapType.LruHash, typeof(FlowKeyV4), typeof(FlowEntry), sizes.Pending),
            new("pending_v6", MapType.LruHash, typeof(FlowKeyV6), typeof(FlowEntry), sizes.Pending),
            new("interfaces", MapType.Array, typeof(uint), typeof(InterfaceEntry), sizes.Interfaces),
            new("interface_slots", MapType.Hash, typeof(uint), typeof(uint), sizes.Interfaces, MapOptions.NoPreallocation),
            // Written by the agent only, and mostly empty: room is taken entry by entry.
            new("addresses_v4", MapType.Hash, typeof(uint), typeof(RouteEntry), sizes.Addresses, MapOptions.NoPreallocation),
            new("addresses_v6", MapType.Hash, typeof(AddressKeyV6), typeof(RouteEntry), sizes.Addresses, MapOptions.NoPreallocation),
            new("routes_v4", MapType.LpmTrie, typeof(PrefixKeyV4), typeof(RouteEntry), sizes.Prefixes, MapOptions.NoPreallocation),
            new("routes_v6", MapType.LpmTrie, typeof(PrefixKeyV6), typeof(RouteEntry), sizes.Prefixes, MapOptions.NoPreallocation),
            new("granted_sources_v4", MapType.LpmTrie, typeof(SourceKeyV4), typeof(uint), sizes.Prefixes, MapOptions.NoPreallocation),
            new("granted_sources_v6", MapType.LpmTrie, typeof(SourceKeyV6), typeof(uint), sizes.Prefixes, MapOptions.NoPreallocation),
            // Keys of interfaces that are gone make room.
            new("drops", MapType.LruPerCpuHash, typeof(DropKey), typeof(PacketCount), 4_096),
            new("missed_calls", MapType.Hash, typeof(MissedCallKey), typeof(ulong), 4_096, MapOptions.NoPreallocation),
        ];
    }

    /// <summary>The maps of which each family has its own: in C they are called without the suffix.</summary>
    internal static readonly string[] OfAFamily = ["flows", "pending", "addresses", "routes", "granted_sources"];
}
