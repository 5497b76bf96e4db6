using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class SpineTests
{
    [Fact]
    public void The_spine_alone_compiles_and_passes_the_verifier_on_every_hook()
    {
        var plan = ChainPlanner.Plan([], ChainRecord.Empty).Plan!;
        var chains = ChainRenderer.Render(plan, new ChainSettings(), new Dictionary<string, ITemplateSource>(), Hooks.Tc | Hooks.Xdp);
        var objects = ChainCompiler.Compile(chains, ProgramCompiler.Default("/tmp/calico-lead-cache"), "v3");
        using var maps = new MapSet(null);
        maps.Ensure(SpineMaps.All(chains.Settings.Tables));
        using var generation = GenerationLoader.Load(1, chains, objects, maps);
        foreach (var hook in generation.Hooks.Values)
        {
            TestContext.Current.SendDiagnosticMessage($"{hook.Plan.Name}: entry {hook.Entry.Info().VerifiedInstructions}");
            foreach (var (slot, program) in hook.Programs)
            {
                var info = program.Info();
                Console.WriteLine($"{hook.Plan.Name} {slot} {info.Name}: {info.TranslatedSize / 8} insns, verified {info.VerifiedInstructions}");
            }
        }
        Assert.Equal(5, generation.Hooks.Count);
    }
}
