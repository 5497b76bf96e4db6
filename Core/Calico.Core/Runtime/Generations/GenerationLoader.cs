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
    /// <exception cref="BpfException">The kernel refused a program; its subject is the program's name.</exception>
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
                hook.Take(BpfObject.Load(unit.Name, objects[i].Elf, given), unit.Programs);
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
}
