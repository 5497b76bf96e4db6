using Calico.Core.Bpf;

namespace Calico.Core.Chain.Rendering;

/// <summary>The maps that plugins declared.</summary>
public static class PluginMaps
{
    public static IEnumerable<SharedMap> Of(ChainPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Plugins
            .SelectMany(plugin => plugin.Maps)
            .OrderBy(map => map.CName, StringComparer.Ordinal)
            .Select(map => new SharedMap(
                map.CName,
                (MapType)(int)map.Kind,
                map.Key,
                map.Value,
                map.MaxEntries,
                // The kernel takes tries without preallocation only.
                (MapType)(int)map.Kind == MapType.LpmTrie ? MapOptions.NoPreallocation : MapOptions.None));
    }
}
