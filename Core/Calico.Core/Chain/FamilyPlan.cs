namespace Calico.Core.Chain;

/// <summary>The programs of one hook for one IP family.</summary>
public sealed record FamilyPlan
{
    public required IpFamily Family { get; init; }

    /// <summary>All programs by slot, which is also the order of the longest path.</summary>
    public required IReadOnlyList<ProgramPlan> Programs { get; init; }

    /// <summary>What the entry program calls.</summary>
    public ProgramPlan First => Programs[0];

    /// <summary>Null where the hook has no PreFlow stages: then the flow program parses.</summary>
    public ProgramPlan? Parse => Find(ProgramRole.Parse);

    /// <summary>Null on XDP.</summary>
    public ProgramPlan? Flow => Find(ProgramRole.Flow);

    /// <summary>Null on XDP.</summary>
    public ProgramPlan? Commit => Find(ProgramRole.Commit);

    public ProgramPlan Forward => Find(ProgramRole.Forward)!;

    public ProgramPlan Drop => Find(ProgramRole.Drop)!;

    private ProgramPlan? Find(ProgramRole role) => Programs.FirstOrDefault(program => program.Role == role);
}
