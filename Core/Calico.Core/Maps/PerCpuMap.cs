using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;

namespace Calico.Core.Maps;

/// <summary>A per-CPU map: every read and write moves one value for each possible CPU. A view: it does not own the map.</summary>
/// <typeparam name="TKey">The key; its padding is part of it, so let it have none.</typeparam>
/// <typeparam name="TValue">The value of one CPU.</typeparam>
public sealed class PerCpuMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly int _stride;

    /// <summary>Views a map; its sizes must be those of the types.</summary>
    public PerCpuMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapShape.Check<TKey, TValue>(map, perCpu: true);
        Raw = map;
        _stride = map.ValueBufferSize / PossibleCpus.Count;
    }

    /// <summary>The map itself.</summary>
    public BpfMap Raw { get; }

    /// <summary>Reads an entry that must exist.</summary>
    public TValue[] this[TKey key] => TryGet(key, out TValue[] values) ? values : throw new KeyNotFoundException($"Map '{Raw.Name}' has no entry {key}.");

    /// <summary>Reads an entry, one value for each CPU; false when there is none.</summary>
    public bool TryGet(TKey key, out TValue[] values)
    {
        byte[] bytes = new byte[Raw.ValueBufferSize];
        bool found = Raw.TryLookup(MapShape.Bytes(in key), bytes);
        values = found ? Split(bytes) : [];
        return found;
    }

    /// <summary>Writes an entry, one value for each CPU.</summary>
    public void Set(TKey key, ReadOnlySpan<TValue> values)
    {
        if (values.Length != PossibleCpus.Count)
        {
            throw new ArgumentException($"Map '{Raw.Name}' takes one value for each of {PossibleCpus.Count} CPUs; {values.Length} were given.", nameof(values));
        }

        byte[] bytes = new byte[Raw.ValueBufferSize];
        for (int cpu = 0; cpu < values.Length; cpu++)
        {
            MemoryMarshal.Write(bytes.AsSpan(cpu * _stride), in values[cpu]);
        }

        Raw.Update(MapShape.Bytes(in key), bytes);
    }

    /// <summary>Writes the same value for all CPUs.</summary>
    public void Set(TKey key, TValue value)
    {
        TValue[] values = new TValue[PossibleCpus.Count];
        Array.Fill(values, value);
        Set(key, values);
    }

    /// <summary>Removes an entry; false when there was none.</summary>
    public bool Remove(TKey key) => Raw.Delete(MapShape.Bytes(in key));

    /// <summary>All entries, read in batches. See <see cref="MapReader"/> for what a changing map shows.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue[]>> Entries()
    {
        MapReader reader = new(Raw);
        while (reader.ReadBatch())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                yield return new(MemoryMarshal.Read<TKey>(reader.Key(i)), Split(reader.Value(i)));
            }
        }
    }

    private TValue[] Split(ReadOnlySpan<byte> bytes)
    {
        TValue[] values = new TValue[PossibleCpus.Count];
        for (int cpu = 0; cpu < values.Length; cpu++)
        {
            values[cpu] = MemoryMarshal.Read<TValue>(bytes.Slice(cpu * _stride, Unsafe.SizeOf<TValue>()));
        }

        return values;
    }
}
