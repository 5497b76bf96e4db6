using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary><c>testrun/…</c>: the processor time of the programs alone, by BPF_PROG_TEST_RUN, on packets that are restored each round.</summary>
internal sealed class TestRunSuite : Suite
{
    private static readonly IReadOnlyList<TestRunRow> s_rows =
    [
        new HashLookupRow("testrun/hash-lookup-16b", Random: false),
        new HashLookupRow("testrun/hash-lookup-16b-random-480k", Random: true),
        new EstablishedRow("testrun/established-tcp4-local", 4, Remote: false, Idle: 0),
        new EstablishedRow("testrun/established-tcp4-remote", 4, Remote: true, Idle: 0),
        new EstablishedRow("testrun/established-tcp4-local+16idle", 4, Remote: false, Idle: 16),
        new EstablishedRow("testrun/established-tcp4-remote+16idle", 4, Remote: true, Idle: 16),
        new EstablishedRow("testrun/established-tcp6-local", 6, Remote: false, Idle: 0),
        new EstablishedRow("testrun/established-tcp6-remote", 6, Remote: true, Idle: 0),
        new AlwaysStageRow("testrun/always-stage"),
        new FirstPacketRow("testrun/first-tcp4-local", 4, TableFull: false),
        new FirstPacketRow("testrun/first-tcp6-local", 6, TableFull: false),
        new FirstPacketRow("testrun/first-tcp4-local-full", 4, TableFull: true),
        new HandshakeRow("testrun/handshake-tcp4-local"),
        new RandomFlowRow("testrun/established-tcp4-random-480k"),
        .. StageCallRow.All,
    ];

    public override IReadOnlyList<string> Ids => [.. s_rows.Select(row => row.Id)];

    public override IEnumerable<Row> Run(Predicate<string> wanted, int passes, Action<string> progress)
    {
        progress("building the network and the chains of testrun/…");
        using var network = BenchNetwork.Build("testrun");
        using var bench = new Bench(network);

        // Interface indexes of a test run are those of the calling thread's network namespace.
        return network.Node1.Namespace.Enter(() =>
        {
            MeasuringThread.Begin();
            return s_rows.Where(row => wanted(row.Id)).Select(row =>
            {
                progress(row.Id);
                return row.Measure(bench, passes);
            }).ToList();
        });
    }
}
