using Calico.Core.Bpf;
using Calico.Core.Chain;

namespace Calico.Core.Runtime.Generations;

/// <summary>The loaded chain of one hook.</summary>
public sealed class LoadedHook : IDisposable
{
    private readonly List<LoadedObject> _objects = [];

    internal LoadedHook(HookPlan plan, BpfMap slots)
    {
        Plan = plan;
        Slots = slots;
    }

    public HookPlan Plan { get; }

    /// <summary>The hook's PROG_ARRAY. When its last reference goes the kernel empties it, so it is held, and pinned.</summary>
    public BpfMap Slots { get; }

    /// <summary>What is attached to interfaces.</summary>
    public BpfProgram Entry { get; private set; } = null!;

    /// <summary>The programs in the slots, by slot.</summary>
    public SortedDictionary<int, BpfProgram> Programs { get; } = [];

    internal void Take(LoadedObject loaded, IReadOnlyList<ProgramPlan> plans)
    {
        _objects.Add(loaded);
        if (plans.Count == 0)
        {
            Entry = loaded.Programs["entry"];
        }

        foreach (var plan in plans)
        {
            var program = loaded.Programs[plan.Name];
            Programs.Add(plan.Slot, program);
            Slots.Update((uint)plan.Slot, program);
        }
    }

    public void Dispose()
    {
        foreach (var loaded in _objects)
        {
            loaded.Dispose();
        }

        Slots.Dispose();
    }
}
