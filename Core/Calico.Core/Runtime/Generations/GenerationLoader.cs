using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Sdk;

namespace Calico.Core.Runtime.Generations;

/// <summary>From compiled objects to programs in the kernel. Touches nothing that runs.</summary>
public static class GenerationLoader
{
    /// <param name="number">The generation's number.</param>
    /// <param name="chains">What was rendered.</param>
    /// <param name="objects">What was compiled of it, in the order of its units.</param>
    /// <param name="maps">The maps that the programs use; they must be ensured already.</param>
    /// <exception cref="VerifierException">The verifier refused a program; it names the template's line and the owner.</exception>
    /// <exception cref="BpfException">The kernel refused for another reason.</exception>
    public static Generation Load(int number, RenderedChains chains, IReadOnlyList<CompiledObject> objects, MapSet maps)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(maps);
        var hooks = new Dictionary<Hooks, LoadedHook>();
        try
        {
            for (var i = 0; i < objects.Count; i++)
            {
                var unit = chains.Units[i];
                if (!hooks.TryGetValue(unit.Hook, out var hook))
                {
                    var plan = chains.Plan.Hook(unit.Hook)!;
                    hook = new LoadedHook(plan, BpfMap.Create(new MapSpec
                    {
                        Name = $"chain_{plan.Name}",
                        Type = MapType.ProgramArray,
                        KeySize = 4,
                        ValueSize = 4,
                        MaxEntries = (uint)plan.SlotCount,
                    }));
                    hooks.Add(unit.Hook, hook);
                }

                var given = new Dictionary<string, BpfMap>(maps.Maps, StringComparer.Ordinal) { ["chain"] = hook.Slots };
                hook.Take(Load(unit, objects[i], chains, given), unit.Programs);
            }

            return new Generation(number, chains, hooks);
        }
        catch
        {
            foreach (var hook in hooks.Values)
            {
                hook.Dispose();
            }

            throw;
        }
    }

    private static LoadedObject Load(RenderedUnit unit, CompiledObject compiled, RenderedChains chains, IReadOnlyDictionary<string, BpfMap> maps)
    {
        try
        {
            return BpfObject.Load(unit.Name, compiled.Elf, maps);
        }
        catch (BpfException refused) when (VerifierException.From(refused, unit.Source, HeaderSet.Core.With(chains.Headers)) is { } verifier)
        {
            throw verifier;
        }
    }
}
