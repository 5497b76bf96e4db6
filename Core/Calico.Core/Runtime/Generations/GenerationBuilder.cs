using System.Diagnostics;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Layouts;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Runtime.Sockets;

namespace Calico.Core.Runtime.Generations;

/// <summary>
/// Plan, render, compile, load. A plugin at which one of these fails is left out and the rest is built without it:
/// one bad plugin never keeps the good ones from running. What fails in Core's own part is an error.
/// </summary>
/// <param name="compiler">The compiler and its cache.</param>
/// <param name="cpu">The instruction set: <c>v3</c> or <c>v4</c>.</param>
/// <param name="maps">Where the maps are.</param>
public sealed class GenerationBuilder(ProgramCompiler compiler, string cpu, MapSet maps)
{
    /// <summary>Builds a generation; touches nothing that runs.</summary>
    /// <exception cref="TemplateException">A spine template cannot be rendered.</exception>
    /// <exception cref="CompileException">The spine cannot be compiled.</exception>
    /// <exception cref="VerifierException">The kernel refuses the spine.</exception>
    /// <exception cref="BpfException">The kernel refuses a map.</exception>
    public BuiltGeneration Build(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var plugins = request.Plugins.ToList();
        var refused = new List<RefusedPlugin>();
        while (true)
        {
            try
            {
                return Attempt(request with { Plugins = plugins }, refused);
            }
            catch (Exception failure) when (CulpritOf(failure, request) is { } culprit && plugins.RemoveAll(plugin => plugin.Id == culprit.PluginId) > 0)
            {
                refused.Add(culprit);
            }
        }
    }

    private BuiltGeneration Attempt(GenerationRequest request, List<RefusedPlugin> refused)
    {
        var clock = Stopwatch.StartNew();
        var planned = ChainPlanner.PlanWithoutFailing(request.Plugins, request.Record);
        RefuseOtherLayouts(request, planned.Plan);
        var plan = clock.Elapsed;
        var chains = ChainRenderer.Render(planned.Plan, request.Settings, request.Templates, request.Hooks);
        var render = clock.Elapsed;
        var objects = ChainCompiler.Compile(chains, compiler, cpu);
        var sockets = LoadedSocketPrograms.Compile(chains, compiler, cpu);
        var compile = clock.Elapsed;
        maps.Ensure(SpineMaps.All(request.Settings.Tables).Concat(TraceMaps.Of(request.Settings)));
        maps.Ensure(planned.Plan.Plugins, MachineMemory.Read());
        var generation = GenerationLoader.Load(request.Number, chains, objects, maps);
        try
        {
            generation.SocketPrograms = LoadedSocketPrograms.Load(chains, sockets, maps);
        }
        catch
        {
            generation.Dispose();
            throw;
        }

        return new BuiltGeneration(
            generation,
            [.. refused, .. planned.Quarantined.Select(plugin => new RefusedPlugin(plugin.PluginId, string.Join(' ', plugin.Reasons)))],
            new GenerationTimings(plan, render - plan, compile - render, clock.Elapsed - compile));
    }

    // Before any map of it is made.
    private static void RefuseOtherLayouts(GenerationRequest request, ChainPlan plan)
    {
        if (request.InForce is { } inForce
            && LayoutDifference.Between(inForce, LayoutCatalog.Of(plan)).GroupBy(difference => difference.PluginId).FirstOrDefault() is { } differing)
        {
            throw new LayoutException(differing.Key, [.. differing]);
        }
    }

    // Which plugin's template, C or program it was; null where it is our own.
    private static RefusedPlugin? CulpritOf(Exception failure, GenerationRequest request) => failure switch
    {
        TemplateException template when IsPlugin(template.Owner, request) =>
            new RefusedPlugin(template.Owner, template.Message),
        CompileException compile when compile.Diagnostics.Select(diagnostic => diagnostic.Owner).FirstOrDefault(owner => IsPlugin(owner, request)) is { } owner =>
            new RefusedPlugin(owner, compile.Message, string.Join('\n', compile.Diagnostics)),
        VerifierException verifier when OwnerOf(verifier.Rejection, request) is { } owner =>
            new RefusedPlugin(owner, verifier.Message, verifier.Rejection.Log),
        MapRefusedException map => new RefusedPlugin(map.PluginId, map.Message),
        LayoutException layout => new RefusedPlugin(layout.PluginId, layout.Message),
        _ => null,
    };

    private static bool IsPlugin(string? owner, GenerationRequest request) =>
        request.Plugins.Any(plugin => plugin.Id == owner);

    // Core's headers are what a stage calls: what led there is at fault. A stage's own program bears its name.
    private static string? OwnerOf(VerifierRejection rejection, GenerationRequest request) =>
        new[] { rejection.Owner, rejection.Via?.Owner }.FirstOrDefault(owner => IsPlugin(owner, request))
        ?? request.Plugins.FirstOrDefault(plugin => plugin.Stages.Any(stage =>
            rejection.Program == $"{stage.Name}_v4" || rejection.Program == $"{stage.Name}_v6")
            || plugin.SocketPrograms.Any(program => program.AtHooks.Any(hook => rejection.Program == program.CName(hook))))?.Id;
}
