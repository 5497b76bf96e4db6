using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>A packet of an established connection, from one workload to another, on this node or on the next.</summary>
internal sealed record EstablishedRow(string Id, int Family, bool Remote, int Idle) : TestRunRow(Id)
{
    private const int Rounds = 100_000;
    private const string WithoutIdle = "the same chain without the idle stages";

    public override Row Measure(Bench bench, int passes)
    {
        var frame = bench.Establish(Family, Remote);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        using var chain = Wrapper.Around(Idle == 0 ? bench.Plain : bench.With(new IdleStages(Idle, OnDemand: true)), Family, Flows.Same, Remote);
        using var floor = Wrapper.Empty(Family, Flows.Same, Remote);
        List<Contender> contenders =
        [
            new(Rivals.Ours, () => Runner.NanosecondsPerRound(chain.Program, frame, ifindex, Rounds)),
            new("empty", () => Runner.NanosecondsPerRound(floor.Program, frame, ifindex, Rounds)),
        ];
        List<string> rivals = [];
        using var plain = Idle > 0 ? Wrapper.Around(bench.Plain, Family, Flows.Same, Remote) : null;
        if (plain is not null)
        {
            rivals.Add(WithoutIdle);
            contenders.Add(new(WithoutIdle, () => Runner.NanosecondsPerRound(plain.Program, frame, ifindex, Rounds)));
        }

        using var bare = Idle == 0 && Family == 4 && !Remote ? BareProgram.For(frame, bench.Tables.Index(bench.Network.B.HostInterface)) : null;
        if (bare is not null)
        {
            rivals.Add(BareProgram.Name);
            contenders.Add(new(BareProgram.Name, () => Runner.NanosecondsPerRound(bare.Wrapper.Program, frame, ifindex, Rounds)));
        }

        return Row.AboveFloor(Id, Interleaved.Measure(passes * SamplesInAPass, contenders), Rivals.Ours, "empty", rivals);
    }
}
