using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk;

/// <summary>Opens the maps that a plugin declared or imported. A service of the host; thread-safe.</summary>
public interface IPluginMaps
{
    /// <summary>Opens a map of the running generation.</summary>
    /// <typeparam name="TKey">The key's layout.</typeparam>
    /// <typeparam name="TValue">The value's layout.</typeparam>
    /// <param name="handle">What <see cref="IPluginBuilder.Map"/> or <see cref="IPluginBuilder.ImportMap"/> returned.</param>
    /// <exception cref="InvalidOperationException">
    /// No generation is loaded yet, the map is neither of this plugin nor imported by it, or the plugin that exports it is not there.
    /// </exception>
    IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
        where TKey : unmanaged
        where TValue : unmanaged;

    /// <summary>Opens a map that may not be there: an optional import.</summary>
    /// <typeparam name="TKey">The key's layout.</typeparam>
    /// <typeparam name="TValue">The value's layout.</typeparam>
    /// <param name="handle">What <see cref="IPluginBuilder.Map"/> or <see cref="IPluginBuilder.ImportMap"/> returned.</param>
    /// <param name="map">The map; null where it is not there.</param>
    /// <exception cref="InvalidOperationException">The map is neither of this plugin nor imported by it.</exception>
    bool TryOpen<TKey, TValue>(MapHandle<TKey, TValue> handle, [NotNullWhen(true)] out IPluginMap<TKey, TValue>? map)
        where TKey : unmanaged
        where TValue : unmanaged;
}
