namespace Calico.Core.Bpf;

/// <summary>A map as it shall be.</summary>
public sealed record MapSpec
{
    /// <summary>The name; the kernel keeps the first 15 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required MapType Type { get; init; }

    /// <summary>Bytes of a key.</summary>
    public uint KeySize { get; init; }

    /// <summary>Bytes of a value, on one CPU.</summary>
    public uint ValueSize { get; init; }

    /// <summary>Number of entries at most; bytes of a ring.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>Options of creation.</summary>
    public MapOptions Options { get; init; }

    /// <summary>For a map of maps: a map that shows what the inner maps are like.</summary>
    public BpfMap? InnerMap { get; init; }

    /// <summary>Type-specific extra: the number of hash functions of a Bloom filter.</summary>
    public ulong Extra { get; init; }

    /// <summary>A spec for blittable key and value types.</summary>
    public static MapSpec Of<TKey, TValue>(string name, MapType type, uint maxEntries, MapOptions options = MapOptions.None)
        where TKey : unmanaged
        where TValue : unmanaged => new()
    {
        Name = name,
        Type = type,
        KeySize = (uint)System.Runtime.CompilerServices.Unsafe.SizeOf<TKey>(),
        ValueSize = (uint)System.Runtime.CompilerServices.Unsafe.SizeOf<TValue>(),
        MaxEntries = maxEntries,
        Options = options,
    };
}

/// <summary>A map as the kernel has it.</summary>
/// <param name="Id">The kernel's id, unique among the maps that exist now.</param>
/// <param name="Name">The name, cut to 15 characters by the kernel.</param>
/// <param name="Type">The type.</param>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of a value, on one CPU.</param>
/// <param name="MaxEntries">Number of entries at most; bytes of a ring.</param>
/// <param name="Options">Options of creation.</param>
public sealed record MapInfo(uint Id, string Name, MapType Type, uint KeySize, uint ValueSize, uint MaxEntries, MapOptions Options);
