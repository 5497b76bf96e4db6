using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;
using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Benchmarks.TestRuns;

/// <summary>What one thing costs that a stage may do: a stage that does it sixteen times and one that does not, the difference by sixteen.</summary>
/// <remarks>Maps are small and warm: with a map larger than the caches, a lookup costs what fetching its lines costs.</remarks>
internal sealed record StageCallRow(string Id, string Statement, MapKind? Kind = null) : TestRunRow(Id)
{
    private const int Rounds = 50_000;
    private const int Times = 16;
    private const uint Entries = 1024;

    /// <summary>The rows, whose ids the reference of the stage API names.</summary>
    public static IReadOnlyList<StageCallRow> All { get; } =
    [
        new("testrun/stage-metadata", "pkt->fields.flow_counters_started += n; sum += pkt->len;"),
        new("testrun/stage-subscribe", "flow_subscribe(pkt, n);"),
        new("testrun/stage-address-equal", "sum += address_equal(pkt->tuple.src, pkt->original.dst) + n;"),
        Lookup("array", MapKind.Array),
        Lookup("per-cpu-array", MapKind.PerCpuArray),
        Lookup("hash", MapKind.Hash),
        Lookup("per-cpu-hash", MapKind.PerCpuHash),
        Lookup("lru-hash", MapKind.LruHash),
        Update("hash", MapKind.Hash),
        Update("lru-hash", MapKind.LruHash),
        new("testrun/stage-atomic-add", $"__u32 key = n; __u64 *value = bpf_map_lookup_elem(&bench_call_{Table(MapKind.Array)}, &key); if (value) __sync_fetch_and_add(value, 1);", MapKind.Array),
        new("testrun/stage-jiffies", "sum += bpf_jiffies64();"),
        new("testrun/stage-ktime", "sum += bpf_ktime_get_ns();"),
        new("testrun/stage-ktime-coarse", "sum += bpf_ktime_get_coarse_ns();"),
        new("testrun/stage-random", "sum += bpf_get_prandom_u32();"),
        new("testrun/stage-load-bytes", "__u32 word = 0; if (!bpf_skb_load_bytes(ctx, 14 + n, &word, sizeof(word))) sum += word;"),
    ];

    public override Row Measure(Bench bench, int passes)
    {
        var frame = bench.Establish(4, remote: false);
        var ifindex = bench.Tables.Index(bench.Network.A.HostInterface);
        IReadOnlyList<MapDeclaration> maps = Kind is { } kind ? [StageCalls.Map(Table(kind), kind, typeof(ulong), Entries)] : [];
        using var none = Wrapper.Around(bench.With(new StageCalls(Id, Statement, 0) { Maps = maps }), 4, Flows.Same, remote: false);
        using var some = Wrapper.Around(bench.With(new StageCalls(Id, Statement, Times) { Maps = maps }), 4, Flows.Same, remote: false);
        foreach (var map in maps)
        {
            Fill(bench.Maps[map.CName]);
        }

        var samples = Interleaved.Measure(
            passes * SamplesInAPass,
            new Contender("none", () => Runner.NanosecondsPerRound(none.Program, frame, ifindex, Rounds)),
            new Contender("some", () => Runner.NanosecondsPerRound(some.Program, frame, ifindex, Rounds)));
        var more = Figure.Above(samples["some"], samples["none"]);
        return new Row(
            Id, "ns", Figure.Round(more.Min / Times), Figure.Round(more.Median / Times), null, samples["some"].Count, new Dictionary<string, Figure>());
    }

    private static void Fill(BpfMap map)
    {
        for (uint key = 0; key < Entries; key++)
        {
            map.Update(BitConverter.GetBytes(key), new byte[map.ValueBufferSize]);
        }
    }

    private static StageCallRow Lookup(string name, MapKind kind) => new(
        $"testrun/stage-lookup-{name}",
        $"__u32 key = n; __u64 *value = bpf_map_lookup_elem(&bench_call_{Table(kind)}, &key); if (value) sum += *value;",
        kind);

    private static StageCallRow Update(string name, MapKind kind) => new(
        $"testrun/stage-update-{name}",
        $"__u32 key = n; __u64 value = pkt->len; bpf_map_update_elem(&bench_call_{Table(kind)}, &key, &value, BPF_ANY);",
        kind);

    // A name for each kind, because the rows share a set of maps.
    private static string Table(MapKind kind) => $"table_{CNames.Snake(kind.ToString())}";
}
