using Calico.Sdk;
using Calico.Sdk.Testing;

namespace Example.LatencyHistogram.Tests;

/// <summary>The plugin in a whole chain, in the kernel. Needs root; nothing is really sent.</summary>
public sealed class LatencyTests : IAsyncLifetime
{
    private static readonly CommandInput s_noOptions = new(new Dictionary<string, string>());

    private ChainUnderTest _chain = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _chain = await ChainUnderTest.StartAsync<LatencyHistogramPlugin>(setup => setup.Option("slow", "1ms").On(Hooks.WorkloadIngress));

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void The_first_answer_of_a_flow_is_counted_and_no_later_one(int family)
    {
        Packet syn = Syn(family);
        _chain.Send(syn).ShouldBeRedirectedTo(_chain.WorkloadB);
        Assert.Equal(0UL, Counted());

        _chain.Send(syn.Reply(TcpFlags.Syn | TcpFlags.Ack)).ShouldBeRedirectedTo(_chain.WorkloadA);
        Assert.Equal(1UL, Counted());

        _chain.Send(Packet.From(Address(_chain.WorkloadA, family)).To(Address(_chain.WorkloadB, family)).Tcp(40_000, 80, TcpFlags.Ack));
        _chain.Send(syn.Reply(TcpFlags.Ack));
        _chain.Send(syn.Reply(TcpFlags.Ack));
        Assert.Equal(1UL, Counted());
        Assert.Equal(0UL, Assert.Single(_chain.Flows).Get(new FlowField<ulong>("latency-histogram", "asked")));
    }

    [Fact]
    public void A_flow_without_an_answer_is_not_counted()
    {
        _chain.Send(Syn(4));
        _chain.Send(Syn(4));
        Assert.Equal(0UL, Counted());
    }

    [Theory]
    [InlineData(4, "10.0.0.10:40000", "10.0.0.11:80")]
    [InlineData(6, "[fd00:10::a]:40000", "[fd00:10::b]:80")]
    public async Task A_slow_flow_is_told_to_who_follows_them(int family, string client, string server)
    {
        Packet syn = Syn(family);
        _chain.Send(syn);
        await Task.Delay(5, Ended);
        _chain.Send(syn.Reply(TcpFlags.Syn | TcpFlags.Ack));

        var one = new CommandInput(new Dictionary<string, string> { ["count"] = "1" });
        SlowFlowRow row = Assert.Single(await _chain.Service<FollowSlowFlows>().RunAsync(one, Ended).ToListAsync(Ended));

        Assert.Equal((client, server, 6, 0UL), (row.Client, row.Server, row.Protocol, row.Lost));
        Assert.True(row.Milliseconds >= 5, $"{row.Milliseconds} ms");
    }

    [Fact]
    public async Task The_command_shows_the_buckets_from_the_first_that_has_a_flow_to_the_last()
    {
        IPluginMap<uint, ulong> buckets = _chain.Map<uint, ulong>("buckets");
        buckets.SetPerCpu(10, [3, .. new ulong[buckets.GetPerCpu(10)!.Length - 1]]);
        buckets.SetPerCpu(12, [1, .. new ulong[buckets.GetPerCpu(12)!.Length - 1]]);

        Assert.Equal(
            [
                new LatencyRow("1 ms", 3, "75.0 %", new string('#', 40)),
                new LatencyRow("2 ms", 0, "0.0 %", ""),
                new LatencyRow("4.1 ms", 1, "25.0 %", new string('#', 14)),
            ],
            await _chain.Service<ShowLatency>().RunAsync(s_noOptions, Ended).ToListAsync(Ended));
    }

    [Fact]
    public async Task The_command_shows_nothing_where_nothing_was_measured() =>
        Assert.Empty(await _chain.Service<ShowLatency>().RunAsync(s_noOptions, Ended).ToListAsync(Ended));

    private Packet Syn(int family) =>
        Packet.From(Address(_chain.WorkloadA, family)).To(Address(_chain.WorkloadB, family)).Tcp(40_000, 80, TcpFlags.Syn);

    private static string Address(TestInterface of, int family) => $"{(family == 4 ? of.IPv4 : of.IPv6)}";

    private ulong Counted() => _chain.Map<uint, ulong>("buckets").EntriesPerCpu()
        .SelectMany(bucket => bucket.Value).Aggregate(0UL, (sum, count) => sum + count);
}
