namespace Calico.Sdk;

/// <summary>Opens the maps that a plugin declared. A service of the host; thread-safe.</summary>
public interface IPluginMaps
{
    /// <summary>Opens a map of the running generation.</summary>
    /// <param name="handle">What <see cref="IPluginBuilder.Map{TKey, TValue}"/> returned.</param>
    /// <exception cref="InvalidOperationException">No generation is loaded yet, or the map is not of this plugin.</exception>
    IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
        where TKey : unmanaged
        where TValue : unmanaged;
}
