using System.Diagnostics.CodeAnalysis;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Planning;
using Calico.Sdk;

namespace Calico.Core.Maps;

/// <summary>Opens the maps that one plugin declared or imported for it, and no others.</summary>
/// <param name="pluginId">The plugin.</param>
/// <param name="maps">The instance's maps.</param>
/// <param name="plan">The plan in force, which knows what the plugin imports; without it, nothing.</param>
public sealed class PluginMapAccess(string pluginId, MapSet maps, Func<ChainPlan?>? plan = null) : IPluginMaps
{
    public IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
        where TKey : unmanaged
        where TValue : unmanaged =>
        Find(handle, out string absent) is { } map ? new PluginMap<TKey, TValue>(map) : throw new InvalidOperationException(absent);

    public bool TryOpen<TKey, TValue>(MapHandle<TKey, TValue> handle, [NotNullWhen(true)] out IPluginMap<TKey, TValue>? map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        map = Find(handle, out _) is { } found ? new PluginMap<TKey, TValue>(found) : null;
        return map is not null;
    }

    private BpfMap? Find<TKey, TValue>(MapHandle<TKey, TValue> handle, out string absent)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(handle);
        string name = new MapDeclaration(handle.PluginId, handle.Name, default, typeof(TKey), typeof(TValue), 1).CName;
        absent = $"The map '{handle.Name}' of plugin '{handle.PluginId}' is not there yet: no generation with this plugin has been loaded. Open it when a command or a service runs, not when it is made.";
        if (handle.PluginId != pluginId && !IsImported(handle.PluginId, handle.Name, ref absent))
        {
            return null;
        }

        return maps.Maps.GetValueOrDefault(name);
    }

    private bool IsImported(string owner, string name, ref string absent)
    {
        if (plan?.Invoke() is not { } current || current.Plugins.FirstOrDefault(plugin => plugin.Id == pluginId) is not { } own)
        {
            return false;
        }

        ImportDeclaration import = own.Imports.FirstOrDefault(import => import.IsMap && import.PluginId == owner && import.Name == name)
            ?? throw new InvalidOperationException(
                $"The map '{name}' belongs to plugin '{owner}', and plugin '{pluginId}' has not imported it. Import it with ImportMap.");
        absent = $"The map '{name}', which plugin '{pluginId}' imports, is not there: no plugin '{owner}' that exports it is loaded. Ask with TryOpen first.";
        return ImportCheck.IsThere(current.Plugins, import);
    }
}
