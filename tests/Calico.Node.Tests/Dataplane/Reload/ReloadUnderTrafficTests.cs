using System.Globalization;
using Calico.Core.Runtime.Reports;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Reload;

/// <summary>Reloads, one after the other, under streams at full rate.</summary>
public sealed class ReloadUnderTrafficTests(ITestOutputHelper output) : IDisposable
{
    private readonly DataplaneLab _lab = new(nodes: 1);

    private AgentUnderTest Agent => _lab.Agents[0];

    /// <summary>
    /// Measured: every byte that arrives is the one that was sent (<see cref="TcpConnection.Transfer"/> compares), no
    /// connection ends or is reset (an error, and EstabResets of both workloads), the chains drop nothing and miss no call
    /// (their own counters, which also stand for packets lost between two programs). What TCP sent again is printed: a
    /// full queue of the kernel's makes it do so without any reload.
    /// </summary>
    [Theory]
    [InlineData("tcx", 100)]
    [InlineData("clsact", 30)]
    public async Task A_hundred_reloads_between_two_versions_reset_no_connection_and_lose_no_packet(string mode, int reloads)
    {
        var more = $"attach: {{ mode: {mode} }}";
        await _lab.StartAgents(Revised.With(Revised.First, more));
        Assert.Equal(mode, Agent.Status().Attach);
        // Both versions compiled once: a compile is no reload's business here.
        await Reloaded(Revised.With(Revised.Second, more));
        await Reloaded(Revised.With(Revised.First, more));

        var streams = new[] { 4, 6, 4, 6 }.Select((family, at) => at < 2
            ? TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", family))
            : TcpConnection.Open(_lab.Inside("n1/w2"), _lab.Inside("n1/w1"), _lab.AddressOf("n1/w1", family))).ToList();
        var (drops, idle) = (Agent.DropsByReason(), Tcp());
        using var stop = new CancellationTokenSource();
        var sending = streams.Select(stream => Task.Run(() => Send(stream, stop.Token))).ToList();

        // What TCP sends again where nothing is reloaded: the measure of what it does later.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        var tcp = Tcp();

        var took = new List<double>();
        var steps = new Dictionary<string, double>();
        for (var round = 1; round <= reloads; round++)
        {
            var report = await Reloaded(Revised.With(round % 2 == 1 ? Revised.Second : Revised.First, more));
            took.Add(report.Milliseconds);
            foreach (var step in report.Steps)
            {
                steps[step.Name] = steps.GetValueOrDefault(step.Name) + (step.Milliseconds / reloads);
            }

            Assert.All(sending, stream => Assert.False(stream.IsCompleted, $"A stream ended in round {round}: {stream.Exception?.InnerException?.Message}"));
        }

        await stop.CancelAsync();
        var bytes = await Task.WhenAll(sending);
        var after = Tcp();
        took.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mode}: {reloads} reloads, median {took[took.Count / 2]:F0} ms, slowest {took[^1]:F0} ms; {bytes.Sum() / 1e9:F1} GB in {bytes.Length} streams; segments sent again: {after.Resent - tcp.Resent} of {after.Sent - tcp.Sent} (in 5 s without a reload: {tcp.Resent - idle.Resent} of {tcp.Sent - idle.Sent}); mean of steps: {string.Join(", ", steps.Select(step => $"{step.Key} {step.Value:F1}"))}"));
        Assert.All(bytes, sent => Assert.True(sent > 0));
        Assert.Equal(tcp.Resets, after.Resets);
        Assert.Equal(drops.OrderBy(drop => drop.Key), Agent.DropsByReason().OrderBy(drop => drop.Key));
        Assert.Empty(Agent.MissedCalls());
        Assert.Empty(Agent.Status().Problems);
        Assert.NotEqual(0UL, Revised.Counted(Agent, 1));
        Assert.NotEqual(0UL, Revised.Counted(Agent, 2));
        streams.ForEach(stream => stream.Exchange());
        Eventually.True(() => Agent.Status().PluginContexts == 2, () => string.Join(' ', Agent.Status().Notes));
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Interfaces_that_appear_during_reloads_have_the_chain_in_force()
    {
        await _lab.StartAgents(Revised.With(Revised.First));
        await Reloaded(Revised.With(Revised.Second));
        using var stop = new CancellationTokenSource();
        var appearing = Task.Run(async () =>
        {
            var made = 0;
            while (!stop.IsCancellationRequested)
            {
                _lab.Inside("n1").Ip($"link add calinew{made} type veth peer name other{made}");
                made++;
                await Task.Delay(100);
            }

            return made;
        });
        for (var round = 0; round < 6; round++)
        {
            await Reloaded(Revised.With(round % 2 == 0 ? Revised.First : Revised.Second));
        }

        await stop.CancelAsync();
        var count = await appearing;
        Eventually.True(() => Agent.Interfaces().Count(iface => iface.Name.StartsWith("calinew", StringComparison.Ordinal) && iface.Hooks.Count == 2) == count, "one has no chain");
        ReloadChecks.AssertEveryLinkHasTheChainInForce(Agent);
        Assert.Empty(Agent.Status().Problems);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_reloads_the_next_agent_takes_over_whatever_it_finds()
    {
        await _lab.StartAgents(Revised.With(Revised.First));
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
        tcp.Exchange();
        foreach (var after in new[] { 60, 150, 260 })
        {
            Agent.Configure(Revised.With(after == 150 ? Revised.First : Revised.Second));
            Agent.HangUp();
            await Task.Delay(after, TestContext.Current.CancellationToken);
            await Agent.Kill();
            tcp.Exchange();
            tcp.Transfer(1_000_000);

            await Agent.StartAndWait(Revised.With(Revised.Second));

            tcp.Exchange();
            Assert.Equal(Agent.Status().Generation, Agent.PinnedGeneration());
            ReloadChecks.AssertEveryLinkHasTheChainInForce(Agent);
            Assert.Empty(Agent.Status().Problems);
        }
    }

    public void Dispose() => _lab.Dispose();

    private async Task<ReloadReport> Reloaded(AgentOptions options)
    {
        var report = await Agent.Reload(options);
        Assert.True(report.Outcome == ReloadReport.Reloaded, string.Join(' ', report.Reasons));
        return report;
    }

    private static long Send(TcpConnection stream, CancellationToken stop)
    {
        const int Round = 2_000_000;
        var sent = 0L;
        while (!stop.IsCancellationRequested)
        {
            stream.Transfer(Round);
            sent += Round;
        }

        return sent;
    }

    // The sums of both workloads, from the kernel's own counters of their namespaces.
    private (long Sent, long Resent, long Resets) Tcp()
    {
        var sums = new[] { "n1/w1", "n1/w2" }.Select(who => Counters(_lab.Inside(who))).ToList();
        return (sums.Sum(of => of["OutSegs"]), sums.Sum(of => of["RetransSegs"]), sums.Sum(of => of["EstabResets"]));
    }

    private static Dictionary<string, long> Counters(NetworkNamespace inside)
    {
        var lines = inside.Run("cat", "/proc/net/snmp").Output.Split('\n').Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        return lines[0].Zip(lines[1]).Skip(1).ToDictionary(pair => pair.First, pair => long.Parse(pair.Second, CultureInfo.InvariantCulture));
    }
}
