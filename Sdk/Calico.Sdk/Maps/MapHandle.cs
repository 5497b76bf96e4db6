namespace Calico.Sdk;

/// <summary>A declared map. Open it at run time with <see cref="IPluginMaps.Open{TKey, TValue}"/>.</summary>
/// <typeparam name="TKey">The key's layout.</typeparam>
/// <typeparam name="TValue">The value's layout.</typeparam>
/// <param name="PluginId">The plugin that declared it.</param>
/// <param name="Name">Its name in that plugin.</param>
public sealed record MapHandle<TKey, TValue>(string PluginId, string Name)
    where TKey : unmanaged
    where TValue : unmanaged;
