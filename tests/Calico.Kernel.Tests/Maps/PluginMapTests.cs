using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Core.Maps;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Maps;

/// <summary>Maps of every kind, as a plugin opens them.</summary>
public sealed class PluginMapTests : IDisposable
{
    private const uint Room = 10_000;

    private readonly MapSet _maps = new(folder: null);
    private readonly PluginMapAccess _access;

    public PluginMapTests()
    {
        _access = new PluginMapAccess("acme", _maps);
        _maps.Ensure(
            [
                new PluginDeclaration("acme")
                {
                    Maps =
                    [
                        .. Enum.GetValues<MapKind>().Select(kind => new MapDeclaration("acme", Name(kind), kind, KeyOf(kind), typeof(ulong), Room)),
                        new MapDeclaration("acme", "sparse", MapKind.Hash, typeof(uint), typeof(ulong), Room) { NoPreallocation = true },
                    ],
                },
            ],
            MachineMemory.Read());
    }

    public static TheoryData<MapKind> Hashes => [MapKind.Hash, MapKind.LruHash];

    public static TheoryData<MapKind> PerCpuKinds => [MapKind.PerCpuHash, MapKind.PerCpuArray, MapKind.LruPerCpuHash];

    [Theory, MemberData(nameof(Hashes))]
    public void Entries_are_written_read_and_removed(MapKind kind)
    {
        IPluginMap<uint, ulong> map = Open(kind);
        Assert.Equal(Room, map.MaxEntries);
        Assert.False(map.TryGet(7, out _));
        Assert.False(map.TryReplace(7, 1));
        Assert.True(map.TryAdd(7, 1));
        Assert.False(map.TryAdd(7, 2));
        Assert.True(map.TryReplace(7, 3));
        Assert.True(map.TryGet(7, out ulong value));
        Assert.Equal(3UL, value);
        Assert.True(map.Remove(7));
        Assert.False(map.Remove(7));
    }

    [Fact]
    public void Many_entries_are_written_and_removed_at_once()
    {
        IPluginMap<uint, ulong> map = Open(MapKind.Hash);
        map.SetMany(Numbers(Room).Select(number => KeyValuePair.Create(number, number * 2UL)));

        Assert.Equal(Room, map.Count());
        Assert.All(map.Entries(), entry => Assert.Equal(entry.Key * 2UL, entry.Value));

        // Every second one is not there.
        Assert.Equal(500, map.RemoveMany(Numbers(500).SelectMany(number => new[] { number, number + 1_000_000 })));
        Assert.Equal(Room - 500, map.Count());
        map.Clear();
        Assert.Equal(0, map.Count());
    }

    [Fact]
    public void A_map_that_is_full_says_so_and_keeps_what_came_before()
    {
        IPluginMap<uint, ulong> map = Open(MapKind.Hash);

        MapException full = Assert.Throws<MapException>(() => map.SetMany(Numbers(Room + 1).Select(number => KeyValuePair.Create(number, 1UL))));

        Assert.True(full.IsFull);
        Assert.Contains("the map is full", full.Message, StringComparison.Ordinal);
        Assert.Contains("10000 entries", full.Message, StringComparison.Ordinal);
        Assert.Equal(Room, map.Count());
        Assert.True(Assert.Throws<MapException>(() => map.Set(uint.MaxValue, 1)).IsFull);
    }

    [Fact]
    public void A_map_without_preallocation_is_like_any_other()
    {
        IPluginMap<uint, ulong> map = _access.Open(new MapHandle<uint, ulong>("acme", "sparse"));
        map.SetMany(Numbers(100).Select(number => KeyValuePair.Create(number, 1UL)));
        Assert.Equal(100, map.Count());
        Assert.Equal(MapOptions.NoPreallocation, _maps["acme_sparse"].Info.Options);
    }

    [Fact]
    public void An_array_has_all_its_entries_and_is_cleared_to_zero()
    {
        IPluginMap<uint, ulong> map = Open(MapKind.Array);
        map.SetMany(Numbers(Room).Select(number => KeyValuePair.Create(number, 5UL)));
        Assert.False(map.TryAdd(1, 6));
        Assert.Equal(Room, map.Count());
        map.Clear();
        Assert.All(map.Entries(), entry => Assert.Equal(0UL, entry.Value));
        Assert.Throws<MapException>(() => map.Remove(1));
        Assert.True(Assert.Throws<MapException>(() => map.Set(Room, 1)).IsFull);
    }

    [Fact]
    public void A_trie_takes_many_prefixes_at_once_and_finds_the_longest()
    {
        IPluginMap<Prefix, ulong> trie = _access.Open(new MapHandle<Prefix, ulong>("acme", Name(MapKind.LpmTrie)));
        // 10.x.y.0/24 each, and 10.0.0.0/8.
        trie.SetMany(Numbers(5_000).Select(number => KeyValuePair.Create(new Prefix(24, 10, (byte)(number >> 8), (byte)number, 0), (ulong)number)));
        trie.Set(new Prefix(8, 10, 0, 0, 0), 99_999);

        Assert.True(trie.TryGet(new Prefix(32, 10, 3, 7, 200), out ulong found));
        Assert.Equal((3UL * 256) + 7, found);
        Assert.True(trie.TryGet(new Prefix(32, 10, 200, 7, 200), out found));
        Assert.Equal(99_999UL, found);
        Assert.Equal(5_001, trie.Count());
        Assert.Equal(5_000, trie.RemoveMany(Numbers(5_000).Select(number => new Prefix(24, 10, (byte)(number >> 8), (byte)number, 0))));
        trie.Clear();
        Assert.Empty(trie.Entries());
    }

    [Theory, MemberData(nameof(PerCpuKinds))]
    public void A_per_CPU_map_has_a_value_for_each_CPU(MapKind kind)
    {
        IPluginMap<uint, ulong> map = Open(kind);
        ulong[] values = [.. Numbers((uint)PossibleCpus.Count).Select(cpu => cpu + 100UL)];
        map.SetPerCpu(3, values);

        Assert.Equal(values, map.GetPerCpu(3));
        Assert.Equal(values, map.EntriesPerCpu().Single(entry => entry.Key == 3).Value);
        map.SetPerCpu(3, 8);
        Assert.All(map.GetPerCpu(3)!, value => Assert.Equal(8UL, value));
        Assert.Throws<ArgumentException>(() => map.SetPerCpu(3, new ulong[PossibleCpus.Count + 1]));
        Assert.Equal($"Map 'acme_{Name(kind)}' has a value for each CPU; use GetPerCpu, SetPerCpu and EntriesPerCpu.", Assert.Throws<InvalidOperationException>(() => map.Set(3, 1)).Message);
        map.Clear();
        Assert.All(map.EntriesPerCpu().SelectMany(entry => entry.Value), value => Assert.Equal(0UL, value));
    }

    [Fact]
    public void A_map_with_one_value_has_none_per_CPU() => Assert.Equal(
        "Map 'acme_hash' has one value for all CPUs; use TryGet, Set and Entries.",
        Assert.Throws<InvalidOperationException>(() => Open(MapKind.Hash).GetPerCpu(1)).Message);

    [Fact]
    public void The_estimate_of_a_maps_memory_is_near_what_the_kernel_says()
    {
        foreach (MapKind kind in Enum.GetValues<MapKind>().Where(kind => kind != MapKind.LpmTrie))
        {
            BpfMap map = _maps[$"acme_{Name(kind)}"];
            double said = MemoryOf(map);
            double estimated = (double)MapMemory.Of(
                new SharedMap("x", map.Info.Type, typeof(uint), typeof(ulong), Room), PossibleCpus.Count).AtOnce;
            Assert.InRange(estimated / said, 0.75, 1.25);
        }
    }

    public void Dispose() => _maps.Dispose();

    private IPluginMap<uint, ulong> Open(MapKind kind) => _access.Open(new MapHandle<uint, ulong>("acme", Name(kind)));

    private static IEnumerable<uint> Numbers(uint count) => Enumerable.Range(0, (int)count).Select(number => (uint)number);

    private static Type KeyOf(MapKind kind) => kind == MapKind.LpmTrie ? typeof(Prefix) : typeof(uint);

    private static string Name(MapKind kind) => Core.Compile.CNames.Snake(kind.ToString());

    // What the kernel charged for it stands in the descriptor's fdinfo.
    private static double MemoryOf(BpfMap map)
    {
        using var own = map.Duplicate();
        string line = File.ReadLines($"/proc/self/fdinfo/{own.DangerousGetHandle()}").Single(text => text.StartsWith("memlock:", StringComparison.Ordinal));
        return double.Parse(line["memlock:".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private record struct Prefix(uint Length, byte A, byte B, byte C, byte D);
}
