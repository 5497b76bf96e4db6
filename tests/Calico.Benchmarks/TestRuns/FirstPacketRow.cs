using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;
using Calico.Core.Bpf;

namespace Calico.Benchmarks.TestRuns;

/// <summary>Every packet a new connection: source check, NewFlow stages, route, insertion, forwarding; no policy.</summary>
/// <remarks>
/// Nobody answers, so the flows stay in the table of unanswered ones. That is emptied between samples, as answers empty
/// it; or left to fill, when each insertion must evict.
/// </remarks>
internal sealed record FirstPacketRow(string Id, int Family, bool TableFull) : TestRunRow(Id)
{
    // Half of the table.
    private const int Rounds = 32_768;

    public override Row Measure(Bench bench, int passes)
    {
        var (client, server) = bench.Ends(Family, remote: false);
        var frame = Frames.TcpSegment(bench.Network.A.Mac, Addresses.HostSide, client, server, 1, 1, TcpFlags.Syn);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        var pending = bench.Maps[$"pending_v{Family}"];
        using var chain = Wrapper.Around(bench.Plain, Family, Flows.Next, remote: false);
        using var floor = Wrapper.Empty(Family, Flows.Next, remote: false);

        // Above all flows that other rows have made.
        chain.Turn(0x4000_0000);
        Clear(pending);
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender(Rivals.Ours, () =>
            {
                var spent = Runner.NanosecondsPerRound(chain.Program, frame, ifindex, Rounds);
                if (!TableFull)
                {
                    Clear(pending);
                }

                return spent;
            }),
            new Contender("empty", () => Runner.NanosecondsPerRound(floor.Program, frame, ifindex, Rounds)));
        Clear(pending);
        return Row.AboveFloor(Id, samples, Rivals.Ours, "empty");
    }

    private static void Clear(BpfMap map)
    {
        // Not deleted while reading: a key that is gone has no successor.
        List<byte[]> keys = [];
        var reader = new MapReader(map);
        while (reader.ReadBatch())
        {
            for (var number = 0; number < reader.Count; number++)
            {
                keys.Add(reader.Key(number).ToArray());
            }
        }

        foreach (var key in keys)
        {
            map.Delete(key);
        }
    }
}
