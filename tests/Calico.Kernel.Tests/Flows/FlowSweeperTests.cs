using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Flows;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Flows;

public sealed class FlowSweeperTests : IDisposable
{
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("calico-flows-test-");

    public void Dispose() => _cache.Delete(recursive: true);

    [Fact]
    public void Expired_entries_of_all_tables_are_removed_and_live_ones_stay()
    {
        using var maps = new FlowMaps();
        foreach (string family in (string[])["v4", "v6"])
        {
            var (one, two) = family == "v4" ? ("10.0.0.1", "10.0.0.2") : ("[fd00::1]", "[fd00::2]");
            maps.Add($"flows_{family}", $"{one}:1", $"{two}:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(59));
            maps.Add($"flows_{family}", $"{one}:2", $"{two}:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(61));
            maps.Add($"flows_{family}", $"{one}:3", $"{two}:1", Tcp, FlowState.Closing, idle: TimeSpan.FromSeconds(35));
            maps.Add($"pending_{family}", $"{one}:4", $"{two}:1", Udp, FlowState.UdpUnanswered, idle: TimeSpan.FromSeconds(62));
            maps.Add($"pending_{family}", $"{one}:5", $"{two}:1", Udp, FlowState.UdpUnanswered, idle: TimeSpan.FromSeconds(50));
        }

        using var sweeper = Load(maps);
        var swept = sweeper.Sweep();

        Assert.Equal((10, 6), (swept.Seen, swept.Removed));
        Assert.Equal(1, Count<FlowKeyV4>(maps, "flows_v4"));
        Assert.Equal(1, Count<FlowKeyV4>(maps, "pending_v4"));
        Assert.Equal(1, Count<FlowKeyV6>(maps, "flows_v6"));
        Assert.Equal(1, Count<FlowKeyV6>(maps, "pending_v6"));
        Assert.Equal((4, 0), (sweeper.Sweep().Seen, sweeper.Last!.Removed));
        Assert.Equal(6, sweeper.TotalRemoved);
    }

    [Fact]
    public void A_flow_whose_packet_came_while_the_sweep_went_on_stays()
    {
        using var maps = new FlowMaps();
        maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, FlowState.Established, idle: TimeSpan.FromMilliseconds(-100));

        using var sweeper = Load(maps);

        Assert.Equal((1, 0), (sweeper.Sweep().Seen, sweeper.Last!.Removed));
    }

    [Fact]
    public async Task It_sweeps_by_itself_until_it_is_told_to_end()
    {
        using var maps = new FlowMaps();
        using var sweeper = Load(maps);
        using var end = new CancellationTokenSource();
        maps.Add("flows_v4", "10.0.0.1:2", "10.0.0.2:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(61));

        var running = sweeper.RunAsync(TimeSpan.FromMilliseconds(20), end.Token);
        while (sweeper.TotalRemoved == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await end.CancelAsync();
        await running;

        Assert.Equal(0, Count<FlowKeyV4>(maps, "flows_v4"));
        Assert.Null(sweeper.LastFailure);
    }

    [Fact]
    public void A_table_of_half_a_million_is_swept()
    {
        const uint Entries = 500_000;
        using var maps = new FlowMaps(new TableSizes { FlowsV4 = 1_048_576, FlowsV6 = 1_024, Pending = 1_024 });
        var table = maps.Maps.Typed<FlowKeyV4, FlowEntry>("flows_v4");
        var (live, expired) = (maps.Ticks(), maps.Ticks(TimeSpan.FromHours(2)));
        for (uint i = 0; i < Entries; i++)
        {
            table.Set(new FlowKeyV4 { LowAddress = i, HighAddress = ~i, Protocol = Tcp }, new FlowEntry { State = (byte)FlowState.Established, LastSeen = i % 2 == 0 ? live : expired });
        }

        using var sweeper = Load(maps);
        var first = sweeper.Sweep();
        var second = sweeper.Sweep();
        TestContext.Current.TestOutputHelper?.WriteLine($"500,000 entries, half expired: {first.Duration.TotalMilliseconds:F1} ms; the other half, all live: {second.Duration.TotalMilliseconds:F1} ms");

        Assert.Equal((Entries, Entries / 2), (first.Seen, first.Removed));
        Assert.Equal((Entries / 2, 0), (second.Seen, second.Removed));
    }

    private FlowSweeper Load(FlowMaps maps) => FlowSweeper.Load(
        maps.Plan, maps.Settings, ProgramCompiler.Default(_cache.FullName), new KernelFeatures().InstructionSetV4 ? "v4" : "v3", maps.Maps);

    private static int Count<TKey>(FlowMaps maps, string table)
        where TKey : unmanaged => maps.Maps.Typed<TKey, FlowEntry>(table).Entries().Count();
}
