using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Calico.Core.Bpf;
using Calico.Core.Chain;
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
        var loaded = new LoadedObject?[objects.Count];
        var taken = 0;
        try
        {
            foreach (var hook in chains.Units.Select(unit => unit.Hook).Distinct())
            {
                hooks.Add(hook, new LoadedHook(chains.Plan.Hook(hook)!, SlotsOf(chains.Plan.Hook(hook)!)));
            }

            Load(chains, objects, maps, hooks, loaded);
            while (taken < loaded.Length)
            {
                var (unit, its) = (chains.Units[taken], loaded[taken]!);
                taken++;
                hooks[unit.Hook].Take(its, unit.Programs);
            }

            return new Generation(number, chains, hooks);
        }
        catch
        {
            // One that its hook has not taken is not its hook's to let go of.
            foreach (var left in loaded.Skip(taken).OfType<LoadedObject>())
            {
                left.Dispose();
            }

            foreach (var hook in hooks.Values)
            {
                hook.Dispose();
            }

            throw;
        }
    }

    // The verifier is what takes the time, and it checks as many programs at once as there are processors.
    private static void Load(
        RenderedChains chains, IReadOnlyList<CompiledObject> objects, MapSet maps, Dictionary<Hooks, LoadedHook> hooks, LoadedObject?[] loaded)
    {
        var failures = new ConcurrentDictionary<int, Exception>();
        Parallel.For(0, loaded.Length, (i, loop) =>
        {
            try
            {
                var unit = chains.Units[i];
                var given = new Dictionary<string, BpfMap>(maps.Maps, StringComparer.Ordinal) { ["chain"] = hooks[unit.Hook].Slots };
                loaded[i] = Load(unit, objects[i], chains, given);
            }
            catch (Exception failure)
            {
                failures[i] = failure;
                loop.Stop();
            }
        });
        if (!failures.IsEmpty)
        {
            ExceptionDispatchInfo.Throw(failures.MinBy(failure => failure.Key).Value);
        }
    }

    private static BpfMap SlotsOf(HookPlan plan) => BpfMap.Create(new MapSpec
    {
        Name = $"chain_{plan.Name}",
        Type = MapType.ProgramArray,
        KeySize = 4,
        ValueSize = 4,
        MaxEntries = (uint)plan.SlotCount,
    });

    /// <summary>Loads one file; a refusal of the verifier is put on its template.</summary>
    internal static LoadedObject Load(RenderedUnit unit, CompiledObject compiled, RenderedChains chains, IReadOnlyDictionary<string, BpfMap> maps)
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
