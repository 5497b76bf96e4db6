using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;

namespace Calico.Core.Maps;

/// <summary>A map whose keys and values are blittable structs. A view: it does not own the map.</summary>
/// <typeparam name="TKey">The key; its padding is part of it, so let it have none.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class BpfMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Views a map; its sizes must be those of the types.</summary>
    public BpfMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapShape.Check<TKey, TValue>(map, perCpu: false);
        Raw = map;
    }

    /// <summary>The map itself.</summary>
    public BpfMap Raw { get; }

    /// <summary>Reads an entry that must exist, or writes one.</summary>
    public TValue this[TKey key]
    {
        get => TryGet(key, out TValue value) ? value : throw new KeyNotFoundException($"Map '{Raw.Name}' has no entry {key}.");
        set => Set(key, value);
    }

    /// <summary>Reads an entry; false when there is none.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        Unsafe.SkipInit(out value);
        bool found = Raw.TryLookup(MapShape.Bytes(in key), MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
        if (!found)
        {
            value = default;
        }

        return found;
    }

    /// <summary>Creates or overwrites an entry.</summary>
    public void Set(TKey key, TValue value) => Raw.Update(MapShape.Bytes(in key), MapShape.Bytes(in value));

    /// <summary>Creates an entry; false when it exists.</summary>
    public bool TryAdd(TKey key, TValue value) => Raw.TryUpdate(MapShape.Bytes(in key), MapShape.Bytes(in value), MapUpdate.NoExist);

    /// <summary>Overwrites an entry; false when it does not exist.</summary>
    public bool TryReplace(TKey key, TValue value) => Raw.TryUpdate(MapShape.Bytes(in key), MapShape.Bytes(in value), MapUpdate.Exist);

    /// <summary>Removes an entry; false when there was none.</summary>
    public bool Remove(TKey key) => Raw.Delete(MapShape.Bytes(in key));

    /// <summary>All entries, read in batches. See <see cref="MapReader"/> for what a changing map shows.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries()
    {
        MapReader reader = new(Raw);
        while (reader.ReadBatch())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                yield return new(MemoryMarshal.Read<TKey>(reader.Key(i)), MemoryMarshal.Read<TValue>(reader.Value(i)));
            }
        }
    }
}
