using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk;

/// <summary>
/// Typed access to one kernel map. Thread-safe; a call on one entry is one system call, about a microsecond, and waits for
/// nobody.
/// </summary>
/// <remarks>
/// <para>
/// A map of a per-CPU kind (<see cref="MapKind.PerCpuHash"/>, <see cref="MapKind.PerCpuArray"/>,
/// <see cref="MapKind.LruPerCpuHash"/>) has a value for each possible CPU: it takes the methods named PerCpu, and the
/// others that read or write values throw <see cref="InvalidOperationException"/>; and the other way round.
/// </para>
/// <para>
/// What the kernel refuses is a <see cref="MapException"/>: a full map, an index beyond an array's end, removing from an
/// array, no memory.
/// </para>
/// </remarks>
/// <typeparam name="TKey">The key's layout.</typeparam>
/// <typeparam name="TValue">The value's layout; in a per-CPU map that of one CPU.</typeparam>
public interface IPluginMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>How many entries the map has room for.</summary>
    uint MaxEntries { get; }

    /// <summary>Reads one entry; false where there is none. A prefix trie finds the longest prefix that matches.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">Its value; the default where there is none.</param>
    bool TryGet(TKey key, out TValue value);

    /// <summary>Writes one entry, over an old one if there is one.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">Its value.</param>
    void Set(TKey key, TValue value);

    /// <summary>Writes one entry that is not there yet; false where it is. An array has all its entries.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">Its value.</param>
    bool TryAdd(TKey key, TValue value);

    /// <summary>Writes over one entry; false where there is none.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">Its value.</param>
    bool TryReplace(TKey key, TValue value);

    /// <summary>
    /// Writes many entries, some thousands a system call: a million prefixes take a second or two. Not atomic: programs see
    /// each entry as it is written. Where one cannot be written, those before it have been.
    /// </summary>
    /// <param name="entries">Read once, while it writes.</param>
    void SetMany(IEnumerable<KeyValuePair<TKey, TValue>> entries);

    /// <summary>Removes one entry; false where there was none.</summary>
    /// <param name="key">Which.</param>
    bool Remove(TKey key);

    /// <summary>Removes many entries, some thousands a system call.</summary>
    /// <param name="keys">Read once, while it removes.</param>
    /// <returns>How many of them were there.</returns>
    long RemoveMany(IEnumerable<TKey> keys);

    /// <summary>Removes all entries; sets an array's to zero. What programs write meanwhile may stay.</summary>
    void Clear();

    /// <summary>How many entries there are. The kernel keeps no count: this reads all of them.</summary>
    long Count();

    /// <summary>
    /// All entries, read in batches without stopping programs: memory does not grow with the map. An entry that is written
    /// or removed meanwhile may or may not be seen.
    /// </summary>
    IEnumerable<KeyValuePair<TKey, TValue>> Entries();

    /// <summary>Reads one entry's values, one per possible CPU; null where there is none.</summary>
    /// <param name="key">Which.</param>
    [SuppressMessage("Performance", "CA1819", Justification = "A fresh array of one value a CPU")]
    TValue[]? GetPerCpu(TKey key);

    /// <summary>Writes one entry's values for all CPUs: what a program adds meanwhile is lost.</summary>
    /// <param name="key">Which.</param>
    /// <param name="values">One for each possible CPU, as <see cref="GetPerCpu"/> gives them; or one, which all get.</param>
    /// <exception cref="ArgumentException">Another number of values.</exception>
    void SetPerCpu(TKey key, params ReadOnlySpan<TValue> values);

    /// <summary>As <see cref="Entries"/>, with the values of all CPUs.</summary>
    IEnumerable<KeyValuePair<TKey, TValue[]>> EntriesPerCpu();
}
