namespace Calico.Core.Chain;

/// <summary>What a trace calls the spine's own programs; the stages' numbers come after them, from the plan.</summary>
public static class TraceNumbers
{
    public const int Entry = 1;

    /// <summary>The first that belongs to a stage.</summary>
    public const int FirstStage = 16;

    /// <summary>The number of one of the spine's programs.</summary>
    public static int Of(ProgramRole role) => role switch
    {
        ProgramRole.Parse => 2,
        ProgramRole.Flow => 3,
        ProgramRole.Commit => 4,
        ProgramRole.Forward => 5,
        ProgramRole.Drop => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A stage's number is in the plan."),
    };

    /// <summary>The name of what has this number: a stage's, or the spine program's; null where the plan has none.</summary>
    public static string? NameOf(ChainPlan plan, int number)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return number == Entry ? "entry"
            : Enum.GetValues<ProgramRole>().Where(role => role != ProgramRole.Stage && Of(role) == number).Select(role => role.ToString().ToLowerInvariant()).FirstOrDefault()
            ?? plan.Stages.FirstOrDefault(stage => stage.Number == number)?.Name;
    }
}
