using Calico.Core.Bpf;
using Calico.Core.Maps;

namespace Calico.Kernel.Tests.Maps;

public class TypedMapTests
{
    private readonly record struct Endpoint(uint Address, ushort Port, ushort Protocol);

    private readonly record struct Counters(ulong Packets, uint Errors);

    [Fact]
    public void Structs_go_in_and_come_out()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<Endpoint, Counters>("typed", MapType.Hash, 8));
        BpfMap<Endpoint, Counters> map = new(raw);
        Endpoint key = new(0x0a000001, 80, 6);

        map[key] = new(5, 1);

        Assert.Equal(new Counters(5, 1), map[key]);
        Assert.False(map.TryAdd(key, new(6, 0)));
        Assert.True(map.TryReplace(key, new(7, 0)));
        Assert.True(map.TryGet(key, out Counters counters));
        Assert.Equal(7ul, counters.Packets);
        Assert.Equal(KeyValuePair.Create(key, counters), Assert.Single(map.Entries()));
        Assert.True(map.Remove(key));
        Assert.False(map.TryReplace(key, counters));
        Assert.False(map.TryGet(key, out counters));
        Assert.Equal(default, counters);
        Assert.Throws<KeyNotFoundException>(() => map[key]);
    }

    [Fact]
    public void Types_of_other_sizes_are_refused_with_both_sizes()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<Endpoint, Counters>("typed", MapType.Hash, 8));

        string message = Assert.Throws<ArgumentException>(() => new BpfMap<Endpoint, ulong>(raw)).Message;

        Assert.Contains("Map 'typed' has keys of 8 and values of 16 bytes; Endpoint has 8 and UInt64 has 8.", message);
        Assert.Contains("use BpfMap for it", Assert.Throws<ArgumentException>(() => new PerCpuMap<Endpoint, Counters>(raw)).Message);
    }

    [Fact]
    public void A_per_CPU_value_has_its_place_for_each_CPU_although_the_kernel_rounds_up()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, uint>("percpu", MapType.PerCpuHash, 8));
        PerCpuMap<uint, uint> map = new(raw);
        uint[] values = [.. Enumerable.Range(100, PossibleCpus.Count).Select(value => (uint)value)];

        map.Set(7, values);
        map.Set(8, 5u);

        Assert.Equal(values, map[7]);
        Assert.Equal(2, map.Entries().Count());
        Assert.All(map.Entries().Single(entry => entry.Key == 8).Value, value => Assert.Equal(5u, value));
        Assert.True(map.Remove(7));
        Assert.False(map.TryGet(7, out uint[] none));
        Assert.Empty(none);
        Assert.Throws<ArgumentException>(() => map.Set(1, []));
        Assert.Contains("use PerCpuMap for it", Assert.Throws<ArgumentException>(() => new BpfMap<uint, uint>(raw)).Message);
    }

    [Fact]
    public void A_per_CPU_array_is_read_in_batches()
    {
        using BpfMap raw = BpfMap.Create(MapSpec.Of<uint, ulong>("percpu_array", MapType.PerCpuArray, 5_000));
        PerCpuMap<uint, ulong> map = new(raw);
        map.Set(4_999, 3ul);

        Assert.Equal(5_000, map.Entries().Count());
        Assert.Equal(3ul * (ulong)PossibleCpus.Count, map.Entries().Aggregate(0ul, (sum, entry) => sum + entry.Value.Aggregate((a, b) => a + b)));
    }
}
