namespace Calico.Sdk;

/// <content>State that programs and user space share.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Declares a map. Templates of the plugin see it under its name; its key and value are emitted as C structs.
    /// </summary>
    /// <typeparam name="TKey">Blittable, without implicit padding.</typeparam>
    /// <typeparam name="TValue">Blittable, without implicit padding.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    /// <param name="kind">The kernel's map type.</param>
    /// <param name="maxEntries">At least 1.</param>
    MapHandle<TKey, TValue> Map<TKey, TValue>(string name, MapKind kind, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged;
}
