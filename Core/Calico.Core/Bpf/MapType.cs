namespace Calico.Core.Bpf;

/// <summary>The kernel's map types that this project uses; the numbers are the kernel's.</summary>
public enum MapType
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>Hash table; refuses new keys when full.</summary>
    Hash = 1,

    /// <summary>Array indexed by a 32-bit number; entries always exist.</summary>
    Array = 2,

    /// <summary>Programs to tail-call.</summary>
    ProgramArray = 3,

    /// <summary>Perf rings, one for each CPU.</summary>
    PerfEventArray = 4,

    /// <summary>Hash table with a value for each CPU.</summary>
    PerCpuHash = 5,

    /// <summary>Array with a value for each CPU.</summary>
    PerCpuArray = 6,

    /// <summary>Hash table that makes room by evicting the least recently used.</summary>
    LruHash = 9,

    /// <summary>The same with a value for each CPU.</summary>
    LruPerCpuHash = 10,

    /// <summary>Longest-prefix match.</summary>
    LpmTrie = 11,

    /// <summary>Array of maps.</summary>
    ArrayOfMaps = 12,

    /// <summary>Hash table of maps.</summary>
    HashOfMaps = 13,

    /// <summary>Interfaces to redirect XDP frames to.</summary>
    DevMap = 14,

    /// <summary>Sockets.</summary>
    SockMap = 15,

    /// <summary>CPUs to redirect XDP frames to.</summary>
    CpuMap = 16,

    /// <summary>Sockets by key.</summary>
    SockHash = 18,

    /// <summary>First in, first out.</summary>
    Queue = 22,

    /// <summary>Last in, first out.</summary>
    Stack = 23,

    /// <summary>Storage attached to a socket.</summary>
    SocketStorage = 24,

    /// <summary>Interfaces by key.</summary>
    DevMapHash = 25,

    /// <summary>Ring of events to user space.</summary>
    RingBuffer = 27,

    /// <summary>Bloom filter.</summary>
    BloomFilter = 30,

    /// <summary>Ring of events from user space.</summary>
    UserRingBuffer = 31,

    /// <summary>Memory shared with user space.</summary>
    Arena = 33,
}

/// <summary>Questions about map types.</summary>
public static class MapTypes
{
    /// <summary>True when every CPU has a value of its own: user space reads and writes all of them at once.</summary>
    public static bool IsPerCpu(this MapType type) => type is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash;

    /// <summary>True when the values are descriptors going in and ids coming out.</summary>
    public static bool HoldsObjects(this MapType type) => type is MapType.ProgramArray or MapType.ArrayOfMaps or MapType.HashOfMaps;
}

/// <summary>BPF_F_… of map creation; the numbers are the kernel's.</summary>
[Flags]
public enum MapOptions
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Memory is taken entry by entry. A preallocated map of 65,536 entries takes 16 MB at once.</summary>
    NoPreallocation = 1,

    /// <summary>LRU lists per CPU: faster, but evicts earlier.</summary>
    NoCommonLru = 2,

    /// <summary>Only reads from user space.</summary>
    ReadOnly = 8,

    /// <summary>Only writes from user space.</summary>
    WriteOnly = 16,

    /// <summary>Programs may only read.</summary>
    ReadOnlyForPrograms = 128,

    /// <summary>Programs may only write.</summary>
    WriteOnlyForPrograms = 256,

    /// <summary>User space may map the values into its memory.</summary>
    MemoryMappable = 1024,

    /// <summary>Inner maps may differ in their number of entries.</summary>
    InnerMap = 4096,
}

/// <summary>Whether an entry may or must exist when it is written; the numbers are the kernel's.</summary>
public enum MapUpdate
{
    /// <summary>Create or overwrite.</summary>
    Any = 0,

    /// <summary>Create only.</summary>
    NoExist = 1,

    /// <summary>Overwrite only.</summary>
    Exist = 2,
}
