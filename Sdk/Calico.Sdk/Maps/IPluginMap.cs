using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk;

/// <summary>Typed access to one kernel map. Thread-safe; each call is one system call.</summary>
/// <typeparam name="TKey">The key's layout.</typeparam>
/// <typeparam name="TValue">The value's layout.</typeparam>
public interface IPluginMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Reads one entry; false where there is none. For per-CPU maps use <see cref="GetPerCpu"/>.</summary>
    bool TryGet(TKey key, out TValue value);

    /// <summary>Reads one entry's values, one per possible CPU; null where there is none.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "A fresh array of one value a CPU")]
    TValue[]? GetPerCpu(TKey key);

    /// <summary>Writes one entry, over an old one if there is one.</summary>
    void Set(TKey key, TValue value);

    /// <summary>Removes one entry; false where there was none.</summary>
    bool Remove(TKey key);

    /// <summary>
    /// All entries, read in batches. An entry that is written or removed meanwhile may or may not be seen.
    /// </summary>
    IEnumerable<KeyValuePair<TKey, TValue>> Entries();
}
