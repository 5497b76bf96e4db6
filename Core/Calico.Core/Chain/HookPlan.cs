using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>The chain of one hook: its stages in order and its programs with their slots.</summary>
public sealed record HookPlan
{
    /// <summary>One hook, never a combination.</summary>
    public required Hooks Hook { get; init; }

    /// <summary>Its name in C, such as <c>workload_ingress</c>.</summary>
    public required string Name { get; init; }

    public bool IsXdp => Hook == Hooks.Xdp;

    public bool IsIngress => (Hook & Hooks.Ingress) != 0;

    public bool IsEgress => (Hook & Hooks.Egress) != 0;

    public required IReadOnlyList<StagePlan> PreFlow { get; init; }

    public required IReadOnlyList<StagePlan> NewFlow { get; init; }

    /// <summary>In the order in which they run: all inline ones, then the tail-called ones.</summary>
    public required IReadOnlyList<StagePlan> PostFlow { get; init; }

    public IReadOnlyList<StagePlan> InlineStages => [.. PostFlow.Where(stage => stage.IsInline)];

    public IReadOnlyList<StagePlan> Stages => [.. PreFlow, .. NewFlow, .. PostFlow];

    /// <summary>The program that is attached; it stands in no slot and calls <see cref="FamilyPlan.First"/>.</summary>
    public string EntryName { get; } = "entry";

    /// <summary>Slots 0 … n−1.</summary>
    public required FamilyPlan IPv4 { get; init; }

    /// <summary>Slots n … 2n−1, in the same order.</summary>
    public required FamilyPlan IPv6 { get; init; }

    public IReadOnlyList<FamilyPlan> Families => [IPv4, IPv6];

    public IReadOnlyList<ProgramPlan> Programs => [.. IPv4.Programs, .. IPv6.Programs];

    /// <summary>How many entries the hook's PROG_ARRAY has.</summary>
    public int SlotCount => IPv4.Programs.Count + IPv6.Programs.Count;

    /// <summary>Tail calls of a packet that meets every program: from the entry to the drop at the very end.</summary>
    public int LongestPath => IPv4.Programs.Count;
}
