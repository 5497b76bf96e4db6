using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>The maps that plugins declared.</summary>
public static class PluginMaps
{
    public static IEnumerable<SharedMap> Of(ChainPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Plugins.SelectMany(Of).OrderBy(map => map.Name, StringComparer.Ordinal);
    }

    /// <summary>One plugin's maps, its event streams among them.</summary>
    public static IEnumerable<SharedMap> Of(PluginDeclaration plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return OfMaps(plugin).Concat(OfEvents(plugin));
    }

    /// <summary>A ring, and how many events it had no room for.</summary>
    private static IEnumerable<SharedMap> OfEvents(PluginDeclaration plugin) => plugin.Events.SelectMany(stream => new[]
    {
        new SharedMap(stream.CName, MapType.RingBuffer, null, null, stream.RingBytes) { Record = stream.Record },
        new SharedMap(stream.LostCName, MapType.PerCpuArray, typeof(uint), typeof(ulong), 1),
    });

    private static IEnumerable<SharedMap> OfMaps(PluginDeclaration plugin) =>
        plugin.Maps.Select(map => new SharedMap(
            map.CName,
            (MapType)(int)map.Kind,
            map.Key,
            map.Value,
            map.MaxEntries,
            // The kernel takes tries without preallocation only.
            map.NoPreallocation || map.Kind == MapKind.LpmTrie ? MapOptions.NoPreallocation : MapOptions.None));
}
