using Calico.Core.Bpf;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class BpfMapTests
{
    private static BpfMap NewMap(MapType type, uint maxEntries = 16, MapOptions options = MapOptions.None) =>
        BpfMap.Create(MapSpec.Of<uint, ulong>("calico-bpf test of a long name", type, maxEntries, options));

    private static byte[] Key(uint key) => BitConverter.GetBytes(key);

    private static byte[] Value(ulong value) => BitConverter.GetBytes(value);

    [Fact]
    public void The_kernel_has_the_map_that_was_asked_for()
    {
        using BpfMap map = NewMap(MapType.Hash, 100, MapOptions.NoPreallocation);

        Assert.Equal(new MapInfo(map.Info.Id, "calico_bpf_test", MapType.Hash, 4, 8, 100, MapOptions.NoPreallocation), map.Info);
        Assert.NotEqual(0u, map.Info.Id);
        Assert.Equal("calico-bpf test of a long name", map.Name);
    }

    [Fact]
    public void A_refused_map_is_described()
    {
        BpfException refused = Assert.Throws<BpfException>(() => BpfMap.Create(MapSpec.Of<uint, ulong>("nothing", MapType.Hash, 0)));

        Assert.Equal("Could not create map 'nothing': EINVAL, invalid argument; asked for was a Hash of 0 entries, key 4 bytes, value 8 bytes, options None.", refused.Message);
    }

    [Fact]
    public void Entries_are_written_read_and_deleted()
    {
        using BpfMap map = NewMap(MapType.Hash);
        byte[] value = new byte[8];

        Assert.False(map.TryLookup(Key(1), value));
        map.Update(Key(1), Value(11));
        Assert.Equal(Value(11), map.Lookup(Key(1)));
        Assert.True(map.TryLookup(Key(1), value));
        Assert.Equal(Value(11), value);
        Assert.True(map.Delete(Key(1)));
        Assert.False(map.Delete(Key(1)));
        Assert.Equal("ENOENT", Assert.Throws<BpfException>(() => map.Lookup(Key(1))).ErrnoName);
    }

    [Fact]
    public void Creating_only_and_overwriting_only_are_kept_apart()
    {
        using BpfMap map = NewMap(MapType.Hash);

        Assert.False(map.TryUpdate(Key(1), Value(1), MapUpdate.Exist));
        Assert.True(map.TryUpdate(Key(1), Value(2), MapUpdate.NoExist));
        Assert.False(map.TryUpdate(Key(1), Value(3), MapUpdate.NoExist));
        Assert.True(map.TryUpdate(Key(1), Value(4), MapUpdate.Exist));
        Assert.Equal(Value(4), map.Lookup(Key(1)));
        Assert.Equal("EEXIST", Assert.Throws<BpfException>(() => map.Update(Key(1), Value(5), MapUpdate.NoExist)).ErrnoName);
    }

    [Fact]
    public void A_full_map_says_how_much_it_holds()
    {
        using BpfMap map = NewMap(MapType.Hash, 1);
        map.Update(Key(1), Value(1));

        Assert.Contains("room for 1 entries", Assert.Throws<BpfException>(() => map.Update(Key(2), Value(2))).Message);
    }

    [Fact]
    public void Bytes_of_the_wrong_length_never_reach_the_kernel()
    {
        using BpfMap map = NewMap(MapType.Hash);

        Assert.Contains("has a key of 4 bytes; 3 were given", Assert.Throws<ArgumentException>(() => map.Delete(new byte[3])).Message);
        Assert.Contains("has a value of 8 bytes; 4 were given", Assert.Throws<ArgumentException>(() => map.Update(Key(1), new byte[4])).Message);
        Assert.Throws<ArgumentException>(() => map.TryLookup(Key(1), new byte[9]));
        Assert.Throws<ArgumentException>(() => map.NextKey(new byte[5], new byte[4]));
    }

    [Fact]
    public void Keys_are_walked_to_the_end()
    {
        using BpfMap map = NewMap(MapType.Array, 3);
        byte[] next = new byte[4];
        List<uint> seen = [];

        for (bool more = map.NextKey([], next); more; more = map.NextKey(next.AsSpan().ToArray(), next))
        {
            seen.Add(BitConverter.ToUInt32(next));
        }

        Assert.Equal([0u, 1u, 2u], seen);
    }

    [Fact]
    public void A_pinned_map_is_adopted_after_its_maker_is_gone()
    {
        using PrivateBpffs bpffs = new();
        uint id;
        using (BpfMap map = NewMap(MapType.Hash))
        {
            map.Update(Key(5), Value(55));
            map.Pin(bpffs.Path("map"));
            id = map.Info.Id;
        }

        using BpfMap adopted = BpfMap.OpenPinned(bpffs.Path("map"));

        Assert.Equal(id, adopted.Info.Id);
        Assert.Equal(Value(55), adopted.Lookup(Key(5)));
    }

    [Fact]
    public void Pinning_says_what_is_in_the_way()
    {
        using PrivateBpffs bpffs = new();
        using BpfMap map = NewMap(MapType.Hash);
        map.Pin(bpffs.Path("map"));

        Assert.Contains("something is pinned there already", Assert.Throws<BpfException>(() => map.Pin(bpffs.Path("map"))).Message);
        Assert.Contains("inside a mounted bpffs", Assert.Throws<BpfException>(() => map.Pin(Path.Combine(Path.GetTempPath(), "calico-bpf-no-bpffs"))).Message);
        BpfException absent = Assert.Throws<BpfException>(() => BpfMap.OpenPinned(bpffs.Path("absent")));
        Assert.Equal(("ENOENT", bpffs.Path("absent")), (absent.ErrnoName, absent.Subject));
    }

    [Fact]
    public void A_duplicate_outlives_the_first_handle()
    {
        BpfMap map = NewMap(MapType.Hash);
        using BpfMap duplicate = map.Duplicate();
        map.Dispose();

        duplicate.Update(Key(1), Value(1));

        Assert.Equal(Value(1), duplicate.Lookup(Key(1)));
        Assert.Throws<ObjectDisposedException>(() => map.Lookup(Key(1)));
    }

    [Fact]
    public void A_pin_of_another_kind_is_not_taken_for_a_map()
    {
        using PrivateBpffs bpffs = new();
        using BpfProgram program = BpfProgram.LoadInstructions("not_a_map", ProgramType.SchedCls, Instructions.Return(0));
        program.Pin(bpffs.Path("program"));

        Assert.Contains("is not a map", Assert.Throws<BpfException>(() => BpfMap.OpenPinned(bpffs.Path("program"))).Message);
    }

    [Fact]
    public void A_program_array_takes_programs_of_one_type_only()
    {
        using BpfMap slots = BpfMap.Create(MapSpec.Of<uint, uint>("slots", MapType.ProgramArray, 4));
        using BpfProgram tc = BpfProgram.LoadInstructions("tc", ProgramType.SchedCls, Instructions.Return(0));
        using BpfProgram xdp = BpfProgram.LoadInstructions("xdp", ProgramType.Xdp, Instructions.Return(2));

        slots.Update(3, tc);

        Assert.Equal(tc.Info().Id, BitConverter.ToUInt32(slots.Lookup(Key(3))));
        Assert.Contains("of one type", Assert.Throws<BpfException>(() => slots.Update(2, xdp)).Message);
        Assert.True(slots.Delete(Key(3)));
    }

    [Fact]
    public void An_array_of_maps_takes_maps_like_the_one_it_was_shown()
    {
        using BpfMap inner = NewMap(MapType.Hash);
        using BpfMap outer = BpfMap.Create(new MapSpec { Name = "outer", Type = MapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 2, InnerMap = inner });

        outer.Update(1, inner);

        Assert.Equal(inner.Info.Id, BitConverter.ToUInt32(outer.Lookup(Key(1))));
    }
}
