using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>What each further stage costs that every packet runs and that does nothing: eight of them and one, the difference by seven.</summary>
/// <remarks>Not eight and none: the first stage also brings the copy of the flow's fields, which the others share.</remarks>
internal sealed record AlwaysStageRow(string Id) : TestRunRow(Id)
{
    private const int Rounds = 100_000;
    private const int Many = 8;
    private const string First = "the first such stage";

    public override Row Measure(Bench bench, int passes)
    {
        var frame = bench.Establish(4, remote: false);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        using var none = Wrapper.Around(bench.Plain, 4, Flows.Same, remote: false);
        using var one = Wrapper.Around(bench.With(new IdleStages(1, OnDemand: false)), 4, Flows.Same, remote: false);
        using var many = Wrapper.Around(bench.With(new IdleStages(Many, OnDemand: false)), 4, Flows.Same, remote: false);
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender("none", () => Runner.NanosecondsPerRound(none.Program, frame, ifindex, Rounds)),
            new Contender("one", () => Runner.NanosecondsPerRound(one.Program, frame, ifindex, Rounds)),
            new Contender("many", () => Runner.NanosecondsPerRound(many.Program, frame, ifindex, Rounds)));
        var further = Figure.Above(samples["many"], samples["one"]);
        return new Row(
            Id, "ns", Figure.Round(further.Min / (Many - 1)), Figure.Round(further.Median / (Many - 1)), null, samples["many"].Count,
            new Dictionary<string, Figure> { [First] = Figure.Above(samples["one"], samples["none"]) });
    }
}
