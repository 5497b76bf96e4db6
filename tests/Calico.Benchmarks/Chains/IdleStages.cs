using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Benchmarks.Chains;

/// <summary>A plugin of tail-called PostFlow stages that do nothing: what is left is what their presence costs.</summary>
/// <param name="Count">How many.</param>
/// <param name="OnDemand">True: they run for flows that asked, and none does. False: each packet runs them all.</param>
internal sealed record IdleStages(int Count, bool OnDemand) : IBenchPlugin
{
    private const string PluginId = "bench-idle";

    public string Key => ToString();

    public PluginDeclaration Declaration => new(PluginId)
    {
        Stages = [.. Names.Select(name => new StageDeclaration(PluginId, name, StagePhase.PostFlow) { OnDemand = OnDemand })],
    };

    public ITemplateSource Templates => new InMemoryTemplates(PluginId, "Calico.Benchmarks/", Names.Select(name => KeyValuePair.Create(
        name + ".bpf.c.sbn", $"/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */\nSTAGE({name})\n{{\n\treturn stage_next(pkt);\n}}\n")));

    private IEnumerable<string> Names => Enumerable.Range(0, Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"idle_{number:00}"));
}
