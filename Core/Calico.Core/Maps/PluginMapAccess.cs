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
}
