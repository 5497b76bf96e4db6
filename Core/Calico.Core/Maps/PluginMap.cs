using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Sdk;

namespace Calico.Core.Maps;

/// <summary>A plugin's view of a map. It does not own the map, and lets none of Core's exceptions through.</summary>
internal sealed class PluginMap<TKey, TValue>(BpfMap map) : IPluginMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    // Enough that the system call costs nothing, few enough for the small-object heap of common types.
    private const int Batch = 4096;

    private readonly bool _isPerCpu = map.Info.Type.IsPerCpu();

    public uint MaxEntries => map.Info.MaxEntries;

    public bool TryGet(TKey key, out TValue value)
    {
        TValue read = default;
        bool found = Try(() => Single().TryGet(key, out read));
        value = read;
        return found;
    }

    public void Set(TKey key, TValue value) => Try(() =>
    {
        Single().Set(key, value);
        return true;
    });

    public bool TryAdd(TKey key, TValue value) => Try(() => Single().TryAdd(key, value));

    public bool TryReplace(TKey key, TValue value) => Try(() => Single().TryReplace(key, value));

    public void SetMany(IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _ = Single();
        foreach (KeyValuePair<TKey, TValue>[] chunk in entries.Chunk(Batch))
        {
            TKey[] keys = Array.ConvertAll(chunk, entry => entry.Key);
            TValue[] values = Array.ConvertAll(chunk, entry => entry.Value);
            Try(() =>
            {
                map.UpdateMany(Bytes(keys), Bytes(values));
                return true;
            });
        }
    }

    public bool Remove(TKey key) => Try(() => map.Delete(MapShape.Bytes(in key)));

    public long RemoveMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Chunk(Batch).Sum(chunk => (long)Try(() => map.DeleteMany(Bytes(chunk))));
    }

    public void Clear() => Try(() =>
    {
        MapEraser.Clear(map);
        return true;
    });

    public long Count() => Try(() =>
    {
        MapReader reader = new(map);
        long count = 0;
        while (reader.ReadBatch())
        {
            count += reader.Count;
        }

        return count;
    });

    public IEnumerable<KeyValuePair<TKey, TValue>> Entries() => Guarded(Single().Entries());

    public TValue[]? GetPerCpu(TKey key) => Try(() => Many().TryGet(key, out TValue[] values) ? values : null);

    public void SetPerCpu(TKey key, params ReadOnlySpan<TValue> values)
    {
        PerCpuMap<TKey, TValue> many = Many();
        TValue[] given = values.ToArray();
        Try(() =>
        {
            if (given.Length == 1)
            {
                many.Set(key, given[0]);
            }
            else
            {
                many.Set(key, given);
            }

            return true;
        });
    }

    public IEnumerable<KeyValuePair<TKey, TValue[]>> EntriesPerCpu() => Guarded(Many().Entries());

    private BpfMap<TKey, TValue> Single() => _isPerCpu
        ? throw new InvalidOperationException($"Map '{map.Name}' has a value for each CPU; use GetPerCpu, SetPerCpu and EntriesPerCpu.")
        : new BpfMap<TKey, TValue>(map);

    private PerCpuMap<TKey, TValue> Many() => _isPerCpu
        ? new PerCpuMap<TKey, TValue>(map)
        : throw new InvalidOperationException($"Map '{map.Name}' has one value for all CPUs; use TryGet, Set and Entries.");

    private static ReadOnlySpan<byte> Bytes<T>(T[] items)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(items);

    private static IEnumerable<T> Guarded<T>(IEnumerable<T> entries)
    {
        using IEnumerator<T> walk = entries.GetEnumerator();
        while (Try(walk.MoveNext))
        {
            yield return walk.Current;
        }
    }

    private static T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (BpfException refused)
        {
            throw new MapException(refused.Message, refused.Errno == Errno.E2BIG);
        }
    }
}
