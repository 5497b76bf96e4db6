using Calico.Core.Bpf;
using Calico.Core.Maps;

namespace Calico.Kernel.Tests.Bpf;

public class MapReaderTests
{
    [Theory]
    [InlineData(MapType.Hash, MapOptions.None, 10_000u)]
    [InlineData(MapType.Hash, MapOptions.NoPreallocation, 10_000u)]
    [InlineData(MapType.Hash, MapOptions.None, 1u)]
    [InlineData(MapType.Array, MapOptions.None, 9_000u)]
    public void Every_entry_of_a_quiet_map_is_read_once(MapType type, MapOptions options, uint entries)
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("reader", type, entries, options));
        BpfMap<uint, ulong> map = new(raw);
        for (uint key = 0; key < entries; key++)
        {
            map[key] = key * 3ul;
        }

        KeyValuePair<uint, ulong>[] read = [.. map.Entries()];

        Assert.Equal((int)entries, read.Length);
        Assert.Equal((int)entries, read.Select(entry => entry.Key).Distinct().Count());
        Assert.All(read, entry => Assert.Equal(entry.Key * 3ul, entry.Value));
    }

    [Fact]
    public void An_LRU_map_is_read_in_batches()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("reader_lru", MapType.LruHash, 10_000));
        BpfMap<uint, ulong> map = new(raw);
        for (uint key = 0; key < 5_000; key++)
        {
            map[key] = key;
        }

        Assert.Equal(Enumerable.Range(0, 5_000).Select(key => (uint)key), map.Entries().Select(entry => entry.Key).Order());
    }

    [Fact]
    public void A_bucket_larger_than_the_batch_is_read_whole()
    {
        // One entry a batch, and far more entries than buckets.
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("reader_crowd", MapType.Hash, 5_000));
        BpfMap<uint, ulong> map = new(raw);
        for (uint key = 0; key < 5_000; key++)
        {
            map[key] = key;
        }

        MapReader reader = new(raw, batch: 1);
        HashSet<uint> seen = [];
        while (reader.ReadBatch())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                Assert.True(seen.Add(BitConverter.ToUInt32(reader.Key(i))));
            }
        }

        Assert.Equal(5_000, seen.Count);
    }

    [Fact]
    public void A_map_without_batch_operations_is_read_key_by_key()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, uint>("reader_progs", MapType.ProgramArray, 8));
        using BpfProgram program = BpfProgram.LoadInstructions("read_me", ProgramType.SchedCls, Instructions.Return(0));
        raw.Update(2, program);
        raw.Update(5, program);

        Assert.Equal([2u, 5u], new BpfMap<uint, uint>(raw).Entries().Select(entry => entry.Key));
    }

    [Fact]
    public void Reading_ends_while_others_delete_and_add()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("reader_busy", MapType.Hash, 4_096, MapOptions.NoPreallocation));
        BpfMap<uint, ulong> map = new(raw);
        for (uint key = 0; key < 2_000; key++)
        {
            map[key] = 1;
        }

        int read = 0;
        foreach (KeyValuePair<uint, ulong> entry in map.Entries())
        {
            map.Remove(entry.Key);
            map[entry.Key + 10_000] = 1;
            read++;
        }

        Assert.InRange(read, 2_000, 10_000);
    }

    [Fact]
    public void An_empty_map_has_no_entries()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("reader_empty", MapType.Hash, 16));

        Assert.Empty(new BpfMap<uint, ulong>(raw).Entries());
    }
}
