using Calico.Sdk;
using Calico.Sdk.Testing;

namespace Example.XdpBlocklist.Tests;

/// <summary>The list in the maps, and the stage at XDP, in the kernel. Needs root; nothing is really sent.</summary>
public sealed class BlocklistTests : IAsyncLifetime
{
    private const uint Room = 1_000_000;

    private static readonly CommandInput s_noOptions = new(new Dictionary<string, string>());

    private ChainUnderTest _chain = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private Blocklist List => _chain.Service<Blocklist>();

    public async ValueTask InitializeAsync() => _chain = await ChainUnderTest.StartAsync<XdpBlocklistPlugin>(
        setup => setup.Option("file", "/nonexistent/list").On(Hooks.Xdp | Hooks.WorkloadIngress));

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Fact]
    public async Task What_is_listed_is_dropped_on_the_wire_and_counted_and_nothing_else_is()
    {
        Load("203.0.113.7\n198.51.100.0/24\n2001:db8::7\n2001:db8:1::/48\n");

        Arriving("203.0.113.7", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("198.51.100.200", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("2001:db8::7", "fd00:10::a").ShouldBeDropped("BLOCKLISTED");
        Arriving("2001:db8:1::99", "fd00:10::a").ShouldBeDropped("BLOCKLISTED");
        Arriving("203.0.113.8", "10.0.0.10").ShouldPass();
        Arriving("198.51.101.1", "10.0.0.10").ShouldPass();
        Arriving("2001:db8::8", "fd00:10::a").ShouldPass();
        Arriving("2001:db8:2::99", "fd00:10::a").ShouldPass();

        List<BlocklistRow> rows = await _chain.Service<ShowBlocklist>().RunAsync(s_noOptions, Ended).ToListAsync(Ended);
        Assert.All(rows, row => Assert.Equal((1L, 1UL), (row.Entries, row.Dropped)));
    }

    [Fact]
    public void A_new_list_takes_the_place_of_the_old_one()
    {
        Load("203.0.113.7\n203.0.113.8\n198.51.100.0/24\n");
        Load("203.0.113.8\n203.0.113.9\n");

        Arriving("203.0.113.7", "10.0.0.10").ShouldPass();
        Arriving("203.0.113.8", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("203.0.113.9", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("198.51.100.1", "10.0.0.10").ShouldPass();
    }

    [Fact]
    public async Task A_bad_line_is_told_with_its_number_and_the_others_are_applied()
    {
        Load("# a comment\n203.0.113.7   # behind an entry\n\nnonsense\n198.51.100.0/99\n203.0.113.8\n");

        Arriving("203.0.113.7", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("203.0.113.8", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        List<BadLineRow> bad = await _chain.Service<ShowBadLines>().RunAsync(s_noOptions, Ended).ToListAsync(Ended);
        Assert.Equal([(4L, "nonsense"), (5L, "198.51.100.0/99")], bad.Select(line => (line.Line, line.Text)));
        Assert.All(bad, line => Assert.NotEmpty(line.Reason));
    }

    [Fact]
    public void A_million_prefixes_are_loaded_and_looked_up()
    {
        // 10.0.0.0/25 and on: every one of another network.
        Load(string.Join('\n', Enumerable.Range(0, (int)Room).Select(number => $"{10 + (number >> 17)}.{(number >> 9) & 255}.{(number >> 1) & 255}.{(number & 1) << 7}/25")));
        TestContext.Current.TestOutputHelper!.WriteLine($"loaded in {List.Last!.Took.TotalSeconds:0.00} s");

        Assert.Equal(Room, _chain.Map<PrefixV4, uint>("prefixes_v4").Count());
        Arriving("10.200.3.200", "10.0.0.10").ShouldBeDropped("BLOCKLISTED");
        Arriving("203.0.113.8", "10.0.0.10").ShouldPass();
    }

    [Fact]
    public void A_list_that_is_longer_than_the_maps_is_refused_with_their_size()
    {
        MapException full = Assert.Throws<MapException>(() => Load(string.Join('\n', Enumerable.Range(0, (int)Room + 1).Select(number => $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}"))));
        Assert.True(full.IsFull);
        Assert.Contains("it has room for 1000000 entries", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changes_is_loaded_again_and_one_that_goes_leaves_the_list_in_force()
    {
        string folder = Directory.CreateTempSubdirectory("calico-blocklist-").FullName;
        string file = Path.Combine(folder, "list");
        try
        {
            await File.WriteAllTextAsync(file, "203.0.113.7\n", Ended);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ended);
            var watcher = new BlocklistWatcher(
                List, new BlocklistSettings(file, TimeSpan.FromMilliseconds(20)), Microsoft.Extensions.Logging.Abstractions.NullLogger<BlocklistWatcher>.Instance);
            Task running = watcher.RunAsync(stop.Token);
            await Until(() => Entries() == 1);

            await File.WriteAllTextAsync(file, "203.0.113.7\n203.0.113.8\n", Ended);
            await Until(() => Entries() == 2);
            File.Delete(file);
            await Task.Delay(100, Ended);

            Assert.False(running.IsCompleted);
            Assert.Equal(2, Entries());
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private long Entries() => _chain.Map<uint, uint>("addresses_v4").Count();

    private void Load(string list) => List.Load(new StringReader(list), Ended);

    private SendResult Arriving(string source, string destination) =>
        _chain.Send(Packet.From(source).To(destination).Udp(5000, 53), new SendOptions { Hook = Hooks.Xdp, Through = _chain.Uplink });

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10, Ended);
        }
    }
}
