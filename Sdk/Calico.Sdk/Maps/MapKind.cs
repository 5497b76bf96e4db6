namespace Calico.Sdk;

/// <summary>The kernel's map types that a plugin may declare (linux/bpf.h, <c>enum bpf_map_type</c>).</summary>
public enum MapKind
{
    /// <summary>Hash table, preallocated.</summary>
    Hash = 1,

    /// <summary>Array with <see cref="uint"/> keys; lookups are inlined (about 1 ns).</summary>
    Array = 2,

    /// <summary>Hash table with one value per CPU.</summary>
    PerCpuHash = 5,

    /// <summary>Array with one value per CPU.</summary>
    PerCpuArray = 6,

    /// <summary>Hash table that evicts the least recently used entry when full.</summary>
    LruHash = 9,

    /// <summary>Hash table with one value per CPU that evicts the least recently used entry when full.</summary>
    LruPerCpuHash = 10,

    /// <summary>Longest-prefix-match trie: the key begins with a <see cref="uint"/> prefix length in bits.</summary>
    LpmTrie = 11,
}
