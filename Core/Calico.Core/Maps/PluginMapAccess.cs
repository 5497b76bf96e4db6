using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Maps;

/// <summary>Opens one plugin's maps for it, and nobody else's.</summary>
public sealed class PluginMapAccess(string pluginId, MapSet maps) : IPluginMaps
{
    public IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (handle.PluginId != pluginId)
        {
            throw new InvalidOperationException($"The map '{handle.Name}' belongs to plugin '{handle.PluginId}'; plugin '{pluginId}' may not open it.");
        }

        var name = new MapDeclaration(pluginId, handle.Name, default, typeof(TKey), typeof(TValue), 1).CName;
        return maps.Maps.TryGetValue(name, out var map)
            ? new PluginMap<TKey, TValue>(map)
            : throw new InvalidOperationException(
                $"The map '{handle.Name}' of plugin '{pluginId}' is not there yet: no generation with this plugin has been loaded. Open it when a command or a service runs, not when it is made.");
    }

    private sealed class PluginMap<TKey, TValue>(BpfMap map) : IPluginMap<TKey, TValue>
        where TKey : unmanaged
        where TValue : unmanaged
    {
        private readonly bool _isPerCpu = map.Info.Type.IsPerCpu();

        public bool TryGet(TKey key, out TValue value) => Single().TryGet(key, out value);

        public TValue[]? GetPerCpu(TKey key)
        {
            if (!_isPerCpu)
            {
                throw new InvalidOperationException($"Map '{map.Name}' has one value for all CPUs; use TryGet.");
            }

            return new PerCpuMap<TKey, TValue>(map).TryGet(key, out var values) ? values : null;
        }

        public void Set(TKey key, TValue value) => Single().Set(key, value);

        public bool Remove(TKey key) => map.Delete(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key)));

        public IEnumerable<KeyValuePair<TKey, TValue>> Entries() => Single().Entries();

        private BpfMap<TKey, TValue> Single() => _isPerCpu
            ? throw new InvalidOperationException($"Map '{map.Name}' has a value for each CPU; use GetPerCpu.")
            : new BpfMap<TKey, TValue>(map);
    }
}
