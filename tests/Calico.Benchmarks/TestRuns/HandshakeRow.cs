using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>The three packets that open a TCP connection, summed: insertion, the way back, and the move among answered flows.</summary>
internal sealed record HandshakeRow(string Id) : TestRunRow(Id)
{
    // Less than the table of unanswered flows has room for.
    private const int OpenAtOnce = 30_000;

    public override Row Measure(Bench bench, int passes)
    {
        using var connections = new Connections(bench);
        using var floor = Wrapper.Empty(4, Flows.Next, remote: false);
        List<double[]> parts = [];
        uint next = 0x2000_0000;
        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender(Rivals.Ours, () =>
            {
                var spent = connections.Open(next, OpenAtOnce);
                next += OpenAtOnce;
                parts.Add(spent);
                return spent.Sum();
            }),
            new Contender("empty", () => 3 * Runner.NanosecondsPerRound(floor.Program, connections.Syn, connections.ClientIfindex, OpenAtOnce)));
        var row = Row.AboveFloor(Id, samples, Rivals.Ours, "empty");

        // The best sample of each packet by itself; the empty program is still in it.
        string[] names = ["its SYN, floor included", "its SYN/ACK, floor included", "its ACK, floor included"];
        return row with
        {
            Rivals = names.Index().ToDictionary(name => name.Item, name =>
            {
                var series = new Series();
                parts.ForEach(spent => series.Add(spent[name.Index]));
                return Figure.Of(series);
            }),
        };
    }
}
