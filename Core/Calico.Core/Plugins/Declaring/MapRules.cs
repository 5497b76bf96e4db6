using System.Reflection;
using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>What the kernel asks of a map beyond its name. Null, or what is wrong.</summary>
internal static class MapRules
{
    public static string? Explain<TKey>(MapKind kind, uint maxEntries, bool noPreallocation)
        where TKey : unmanaged
    {
        if (!Enum.IsDefined(kind))
        {
            return $"{kind} is not a kind that plugins may declare. Take one of {string.Join(", ", Enum.GetNames<MapKind>())}.";
        }

        if (maxEntries == 0)
        {
            return "it has room for 0 entries. Give at least 1.";
        }

        // kernel/bpf/hashtab.c: an LRU map is always preallocated; an array has all its entries.
        if (noPreallocation && kind is not (MapKind.Hash or MapKind.PerCpuHash or MapKind.LpmTrie))
        {
            return $"a map of kind {kind} takes its memory at once. Leave noPreallocation out, or take a Hash.";
        }

        // kernel/bpf/arraymap.c: an array's key is its 32-bit index.
        if (kind is MapKind.Array or MapKind.PerCpuArray && typeof(TKey) != typeof(uint))
        {
            return $"the key of an array is its index: take uint instead of {typeof(TKey).Name}.";
        }

        // struct bpf_lpm_trie_key: a 32-bit prefix length, then at least one byte of data.
        return kind == MapKind.LpmTrie && !BeginsWithPrefixLength<TKey>()
            ? $"the key of a prefix trie begins with its prefix length in bits: make the first field of {typeof(TKey).Name} a uint, and the address the second."
            : null;
    }

    private static bool BeginsWithPrefixLength<TKey>()
        where TKey : unmanaged
    {
        FieldInfo[] fields = typeof(TKey).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return !typeof(TKey).IsPrimitive
            && Unsafe.SizeOf<TKey>() > sizeof(uint)
            && fields.OrderBy(field => field.MetadataToken).FirstOrDefault()?.FieldType == typeof(uint);
    }
}
