namespace Calico.Core.Chain.Planning;

/// <summary>Makes the programs of one hook and one IP family, with their slots and successors.</summary>
/// <remarks>
/// <code>
///  entry ─► [parse ─► PreFlow stages ─►] flow ─ hit ─► PostFlow stages (tail-called) ─► forward     drop
///                                          │ miss                 ▲
///                                          └─► NewFlow stages ─► commit
/// </code>
/// The programs have slots in this order, from left to right along the longest path. They are made from right to left,
/// because a program is immutable and refers to those that it calls. XDP has neither flow nor commit.
/// </remarks>
internal sealed class ProgramLayout
{
    private readonly IpFamily _family;
    private readonly List<ProgramPlan> _backwards = [];
    private int _slot;

    private ProgramLayout(IpFamily family, int firstSlot, int count) => (_family, _slot) = (family, firstSlot + count);

    public static FamilyPlan For(
        IpFamily family, bool isXdp, IReadOnlyList<StagePlan> preFlow, IReadOnlyList<StagePlan> newFlow, IReadOnlyList<StagePlan> postFlow)
    {
        bool parses = isXdp || preFlow.Count > 0;
        List<StagePlan> tailCalled = [.. postFlow.Where(stage => !stage.IsInline)];
        int count = (parses ? 1 : 0) + preFlow.Count + (isXdp ? 0 : 2) + newFlow.Count + tailCalled.Count + 2;
        ProgramLayout layout = new(family, family == IpFamily.IPv4 ? 0 : count, count);

        layout.Spine(ProgramRole.Drop, []);
        List<Successor> next = [new(layout.Spine(ProgramRole.Forward, []), null)];
        if (!isXdp)
        {
            List<Successor> known = layout.Stages(tailCalled, next);
            ProgramPlan commit = layout.Spine(ProgramRole.Commit, known);
            List<Successor> unknown = layout.Stages(newFlow, [new(commit, null)]);
            next = [new(layout.Spine(ProgramRole.Flow, known, unknown), null)];
        }

        if (parses)
        {
            layout.Spine(ProgramRole.Parse, layout.Stages(preFlow, next));
        }

        layout._backwards.Reverse();
        return new FamilyPlan { Family = family, Programs = layout._backwards };
    }

    /// <summary>Puts stages before what follows them; returns where whoever comes before the stages may go on.</summary>
    private List<Successor> Stages(IReadOnlyList<StagePlan> stages, List<Successor> after)
    {
        List<Successor> next = after;
        foreach (StagePlan stage in stages.Reverse())
        {
            ProgramPlan program = Add(new ProgramPlan
            {
                Name = Name(stage.Name),
                Role = ProgramRole.Stage,
                Family = _family,
                Slot = 0,
                Stage = stage,
                Successors = next,
            });
            next = Prepend(new Successor(program, stage.Bit), next);
        }

        return next;
    }

    /// <summary>Nothing is reached behind a successor that every packet takes and whose missed call drops.</summary>
    private static List<Successor> Prepend(Successor first, List<Successor> rest) =>
        first.Bit is null && !first.Skips ? [first] : [first, .. rest];

    private ProgramPlan Spine(ProgramRole role, List<Successor> successors, List<Successor>? newFlow = null) => Add(new ProgramPlan
    {
        Name = Name(role.ToString().ToLowerInvariant()),
        Role = role,
        Family = _family,
        Slot = 0,
        Successors = successors,
        NewFlowSuccessors = newFlow ?? [],
    });

    private ProgramPlan Add(ProgramPlan program)
    {
        ProgramPlan placed = program with { Slot = --_slot };
        _backwards.Add(placed);
        return placed;
    }

    private string Name(string name) => $"{name}_v{(int)_family}";
}
