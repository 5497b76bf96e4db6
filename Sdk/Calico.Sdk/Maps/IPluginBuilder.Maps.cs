namespace Calico.Sdk;

/// <content>State that programs and user space share.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Declares a map. Templates see it as <c>PLUGIN_NAME</c>, with the hyphens of the plugin's id as underscores; its key
    /// and value are emitted as C structs.
    /// </summary>
    /// <remarks>
    /// It is pinned, and so keeps its entries when the agent ends or is upgraded; one whose kind, size or layout changes is
    /// another map. A map larger than the machine's memory quarantines the plugin.
    /// </remarks>
    /// <typeparam name="TKey">Blittable, without implicit padding.</typeparam>
    /// <typeparam name="TValue">Blittable, without implicit padding.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    /// <param name="kind">The kernel's map type.</param>
    /// <param name="maxEntries">At least 1.</param>
    /// <param name="noPreallocation">
    /// Takes memory entry by entry and not for all at once: for maps that are mostly empty. An insert costs more than twice
    /// as much. For <see cref="MapKind.Hash"/> and <see cref="MapKind.PerCpuHash"/>; a prefix trie is so anyway.
    /// </param>
    MapHandle<TKey, TValue> Map<TKey, TValue>(string name, MapKind kind, uint maxEntries, bool noPreallocation = false)
        where TKey : unmanaged
        where TValue : unmanaged;
}
