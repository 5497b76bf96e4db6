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
        var segment = Frames.TcpSegment(bench.Network.A.Mac, client, server, 1, 1, TcpFlags.Ack);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        Open(bench);
        using var chain = Wrapper.Around(bench.Plain, 4, Flows.Random, remote: false);
        using var floor = Wrapper.Empty(4, Flows.Random, remote: false);
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender(Rivals.Ours, () => Runner.NanosecondsPerRound(chain.Program, segment, ifindex, Rounds)),
            new Contender("empty", () => Runner.NanosecondsPerRound(floor.Program, segment, ifindex, Rounds)));
        return Row.AboveFloor(Id, samples, Rivals.Ours, "empty");
    }

    /// <summary>Opens all connections through the chain itself, some at a time: SYN, SYN/ACK, ACK.</summary>
    private static void Open(Bench bench)
    {
        var (client, server) = bench.Ends(4, remote: false);
        var a = bench.Tables.Index(bench.Network.A.HostInterface);
        var b = bench.Tables.Index(bench.Network.B.HostInterface);
        using var forth = Wrapper.Around(bench.Plain, 4, Flows.Next, remote: false);
        using var back = Wrapper.Around(bench.Plain, 4, Flows.Next, remote: false, fromServer: true);
        var syn = Frames.TcpSegment(bench.Network.A.Mac, client, server, 1, 1, TcpFlags.Syn);
        var synAck = Frames.TcpSegment(bench.Network.B.Mac, server, client, 1, 1, TcpFlags.Syn | TcpFlags.Ack);
        var ack = Frames.TcpSegment(bench.Network.A.Mac, client, server, 1, 1, TcpFlags.Ack);
        for (var from = 0; from < Wrapper.FlowCount; from += OpenAtOnce)
        {
            var count = Math.Min(OpenAtOnce, Wrapper.FlowCount - from);
            Pass(forth, syn, a);
            Pass(back, synAck, b);
            Pass(forth, ack, a);

            void Pass(Wrapper wrapper, byte[] frame, int ifindex)
            {
                wrapper.Turn((uint)from);
                Runner.NanosecondsPerRound(wrapper.Program, frame, ifindex, count);
            }
        }
    }
}
