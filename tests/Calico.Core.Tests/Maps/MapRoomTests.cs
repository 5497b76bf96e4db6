using Calico.Core.Chain.Declarations;
using Calico.Core.Maps;
using Calico.Sdk;

namespace Calico.Core.Tests.Maps;

public sealed class MapRoomTests
{
    private const ulong GiB = 1UL << 30;

    private readonly MapRoom _room = new(new MachineMemory(Total: 8 * GiB, Available: 4 * GiB), cpus: 2);

    [Fact]
    public void Maps_that_fit_are_let_through() =>
        Assert.Null(_room.Reserve(Plugin(Map("buckets", MapKind.LruHash, 1_000_000)), _ => false));

    [Fact]
    public void A_map_larger_than_the_memory_that_can_be_had_is_refused_by_name_with_its_bytes() => Assert.Equal(
        "The map 'acme_buckets' of plugin 'acme' with room for 4,000,000,000 entries takes 302.4 GiB of memory at once, and 4 GiB can be had on this machine. Lower its size, or declare it with noPreallocation if it is mostly empty.",
        _room.Reserve(Plugin(Map("buckets", MapKind.Hash, 4_000_000_000)), _ => false));

    [Fact]
    public void A_map_that_takes_its_memory_entry_by_entry_must_fit_into_the_machine_when_it_is_full()
    {
        Assert.Null(_room.Reserve(Plugin(Map("prefixes", MapKind.LpmTrie, 50_000_000)), _ => false));
        Assert.Equal(
            "The map 'acme_prefixes' of plugin 'acme' with room for 500,000,000 entries would take 59.6 GiB of memory when it is full, and this machine has 8 GiB. Lower its size.",
            _room.Reserve(Plugin(Map("prefixes", MapKind.LpmTrie, 500_000_000)), _ => false));
    }

    [Fact]
    public void Maps_that_fit_one_by_one_must_fit_together()
    {
        var first = Map("first", MapKind.Array, 300_000_000);
        Assert.Null(_room.Reserve(Plugin(first), _ => false));
        Assert.Equal(
            "The map 'acme_first' of plugin 'acme' with room for 300,000,000 entries takes 2.2 GiB of memory at once, and with what other new maps take 1.8 GiB can be had on this machine. Lower its size, or declare it with noPreallocation if it is mostly empty.",
            _room.Reserve(Plugin(first), _ => false));
    }

    [Fact]
    public void A_map_that_exists_takes_nothing_new() =>
        Assert.Null(_room.Reserve(Plugin(Map("buckets", MapKind.Hash, 4_000_000_000)), _ => true));

    [Fact]
    public void A_ring_is_a_map_too() => Assert.StartsWith(
        "The map 'acme_seen' of plugin 'acme' with room for 2,147,483,648 bytes takes 2 GiB",
        new MapRoom(new MachineMemory(GiB, GiB), 2).Reserve(
            new PluginDeclaration("acme") { Events = [new EventDeclaration("acme", "seen", typeof(ulong), 1u << 31)] }, _ => false),
        StringComparison.Ordinal);

    private static PluginDeclaration Plugin(params MapDeclaration[] maps) => new("acme") { Maps = maps };

    private static MapDeclaration Map(string name, MapKind kind, uint entries) =>
        new("acme", name, kind, kind == MapKind.LpmTrie ? typeof(Prefix) : typeof(uint), typeof(ulong), entries);

    private record struct Prefix(uint Length, uint Address);
}
