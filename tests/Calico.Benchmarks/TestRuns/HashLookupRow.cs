using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>One hash lookup with a 16-byte key: what the goals of <c>testrun/…</c> scale with on another machine.</summary>
internal sealed record HashLookupRow(string Id, bool Random) : TestRunRow(Id)
{
    private const int Rounds = 100_000;

    public override Row Measure(Bench bench, int passes)
    {
        using var loaded = ChainBuilder.LoadOwn("lookup.bpf.c.sbn", new { Entries = Random ? Wrapper.FlowCount : 1024, Random });
        var table = loaded.Maps["table"];
        var key = new byte[16];
        for (var number = 0; number < (Random ? Wrapper.FlowCount : 2); number++)
        {
            BitConverter.TryWriteBytes(key, number);
            table.Update(key, BitConverter.GetBytes(7L));
        }

        var frame = Frames.TcpSegment(bench.Network.A.Mac, Addresses.HostSide, bench.Network.A.Address4, bench.Network.B.Address4, 1, 1, TcpFlags.Ack);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender(Rivals.Ours, () => Runner.NanosecondsPerRound(loaded.Programs["lookup"], frame, ifindex, Rounds)),
            new Contender("empty", () => Runner.NanosecondsPerRound(loaded.Programs["empty"], frame, ifindex, Rounds)));
        return Row.AboveFloor(Id, samples, Rivals.Ours, "empty");
    }
}
