using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Benchmarks.Chains;

/// <summary>A plugin of one tail-called stage that does one thing a number of times.</summary>
/// <param name="Name">What it does, as the row's id says it.</param>
/// <param name="Statement">The C that is repeated; it may use <c>sum</c>, a <c>__u64</c> that is kept, and <c>n</c>, which is the repetition's number.</param>
/// <param name="Count">How often.</param>
internal sealed record StageCalls(string Name, string Statement, int Count) : IBenchPlugin
{
    private const string PluginId = "bench-call";
    private const string Stage = "call";

    public IReadOnlyList<MapDeclaration> Maps { get; init; } = [];

    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Name} {Count}");

    public PluginDeclaration Declaration => new(PluginId)
    {
        Stages = [new StageDeclaration(PluginId, Stage, StagePhase.PostFlow)],
        // Alike whatever the count, so that the chains compared are.
        Maps = [.. Maps, Map("sums", MapKind.PerCpuArray, typeof(ulong))],
    };

    public ITemplateSource Templates => new InMemoryTemplates(PluginId, "Calico.Benchmarks/", [KeyValuePair.Create(
        Stage + ".bpf.c.sbn",
        $$"""
        /* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
        STAGE({{Stage}})
        {
        	__u32 zero = 0;
        	__u64 sum = 0, *kept = bpf_map_lookup_elem(&bench_call_sums, &zero);

        {{string.Concat(Enumerable.Range(0, Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"\t{{ const __u32 n = {number}; (void)n; {Statement} }}\n")))}}
        	if (kept)
        		*kept += sum;
        	return stage_next(pkt);
        }

        """)]);

    /// <summary>A map of the plugin: in C it is <c>bench_call_NAME</c>.</summary>
    public static MapDeclaration Map(string name, MapKind kind, Type value, uint entries = 1) =>
        new(PluginId, name, kind, typeof(uint), value, entries);
}
