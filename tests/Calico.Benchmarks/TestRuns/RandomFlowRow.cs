using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>A packet of one of 480,000 established connections at random: what little of them is in the processor's caches.</summary>
internal sealed record RandomFlowRow(string Id) : TestRunRow(Id)
{
    private const int Rounds = 50_000;

    // Less than the table of unanswered flows has room for.
    private const int OpenAtOnce = 30_000;

    public override Row Measure(Bench bench, int passes)
    {
        var (client, server) = bench.Ends(4, remote: false);
        var segment = Frames.TcpSegment(bench.Network.A.Mac, Addresses.HostSide, client, server, 1, 1, TcpFlags.Ack);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        using (var connections = new Connections(bench))
        {
            for (var first = 0; first < Wrapper.FlowCount; first += OpenAtOnce)
            {
                connections.Open((uint)first, Math.Min(OpenAtOnce, Wrapper.FlowCount - first));
            }
        }

        using var chain = Wrapper.Around(bench.Plain, 4, Flows.Random, remote: false);
        using var floor = Wrapper.Empty(4, Flows.Random, remote: false);
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender(Rivals.Ours, () => Runner.NanosecondsPerRound(chain.Program, segment, ifindex, Rounds)),
            new Contender("empty", () => Runner.NanosecondsPerRound(floor.Program, segment, ifindex, Rounds)));
        return Row.AboveFloor(Id, samples, Rivals.Ours, "empty");
    }
}
