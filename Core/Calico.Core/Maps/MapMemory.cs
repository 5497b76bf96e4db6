using System.Numerics;
using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;

namespace Calico.Core.Maps;

/// <summary>How much kernel memory a map takes: an estimate within some per cent, after kernel/bpf/hashtab.c, arraymap.c and lpm_trie.c.</summary>
/// <param name="AtOnce">Bytes that its creation takes.</param>
/// <param name="WhenFull">Bytes that it takes when it holds all that it may.</param>
public sealed record MapMemory(UInt128 AtOnce, UInt128 WhenFull)
{
    private const uint Bucket = 16;
    private const uint HashElement = 48;
    private const uint TrieNode = 40;
    private const uint Pointer = 8;

    /// <summary>Estimates.</summary>
    /// <param name="map">The map as it shall be.</param>
    /// <param name="cpus">How many CPUs the kernel knows (<see cref="PossibleCpus"/>).</param>
    public static MapMemory Of(SharedMap map, int cpus)
    {
        ArgumentNullException.ThrowIfNull(map);
        UInt128 entries = map.MaxEntries;
        uint key = RoundUp(map.Spec.KeySize), value = RoundUp(map.Spec.ValueSize);
        uint stored = map.Type.IsPerCpu() ? Pointer + (value * (uint)cpus) : value;
        switch (map.Type)
        {
            case MapType.RingBuffer:
                return new MapMemory(entries, entries);
            case MapType.Array or MapType.PerCpuArray:
                return new MapMemory(entries * stored, entries * stored);
            case MapType.LpmTrie:
                // Between two prefixes that part stands a node of its own; the allocator rounds up to its next size.
                uint node = SlabSize(TrieNode + map.Spec.KeySize - sizeof(uint)), leaf = SlabSize(TrieNode + map.Spec.KeySize - sizeof(uint) + map.Spec.ValueSize);
                return new MapMemory(0, entries * (leaf + node));
            default:
                UInt128 buckets = (UInt128)BitOperations.RoundUpToPowerOf2((ulong)map.MaxEntries) * Bucket;
                UInt128 full = buckets + (entries * (HashElement + key + stored));
                return new MapMemory(map.Options.HasFlag(MapOptions.NoPreallocation) ? buckets : full, full);
        }
    }

    private static uint RoundUp(uint bytes) => (bytes + 7) & ~7u;

    private static uint SlabSize(uint bytes) => bytes <= 64 ? 64 : bytes <= 96 ? 96 : bytes <= 128 ? 128 : bytes <= 192 ? 192 : BitOperations.RoundUpToPowerOf2(bytes);
}
