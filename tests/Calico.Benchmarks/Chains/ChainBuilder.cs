using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;

namespace Calico.Benchmarks.Chains;

/// <summary>From the plugins to a generation in the kernel, in the demo's configuration.</summary>
internal static class ChainBuilder
{
    private static readonly KernelFeatures s_kernel = new();

    public static string Cpu => s_kernel.InstructionSetV4 ? "v4" : "v3";

    /// <summary>Compiles what a benchmark brings and what it measures; objects are kept where the agent keeps its own.</summary>
    public static ProgramCompiler Compiler { get; } = ProgramCompiler.Default("/var/cache/calico-sdk");

    public static ChainSettings Settings => new() { TicksPerSecond = s_kernel.JiffiesPerSecond };

    /// <summary>Makes the maps of a node.</summary>
    public static MapSet Maps()
    {
        var maps = new MapSet(null);
        maps.Ensure(SpineMaps.All(Settings.Tables));
        return maps;
    }

    /// <summary>Loads a generation with the first-party plugins, and with one plugin more where it is given.</summary>
    public static Generation Load(MapSet maps, Hooks hooks, IBenchPlugin? extra = null)
    {
        var templates = FirstPartyPlugins.Templates.ToDictionary();
        var declarations = FirstPartyPlugins.Declarations.ToList();
        if (extra is not null)
        {
            declarations.Add(extra.Declaration);
            templates.Add(extra.Declaration.Id, extra.Templates);
        }

        var planned = ChainPlanner.Plan(declarations, ChainRecord.Empty);
        var plan = planned.Plan ?? throw new InvalidOperationException($"The chain cannot be planned: {planned.Problems[0].Sentence}");
        maps.Ensure(PluginMaps.Of(plan));
        var chains = ChainRenderer.Render(plan, Settings, templates, hooks);
        return GenerationLoader.Load(1, chains, ChainCompiler.Compile(chains, Compiler, Cpu), maps);
    }

    /// <summary>Loads one of the benchmarks' own programs from its template.</summary>
    public static LoadedObject LoadOwn(string template, object model, IReadOnlyDictionary<string, BpfMap>? maps = null)
    {
        var source = TemplateRenderer.Render(template, s_own, model);
        var compiled = Compiler.Compile(source, ClangOptions.For(Cpu));
        return BpfObject.Load(Path.GetFileName(template).Split('.')[0], compiled.Elf, maps ?? new Dictionary<string, BpfMap>());
    }

    private static readonly EmbeddedTemplates s_own = new(typeof(ChainBuilder).Assembly, "bpf/", "benchmarks");
}
