using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>Everything that rendering and loading one generation needs to know. Immutable.</summary>
public sealed record ChainPlan
{
    /// <summary>By id.</summary>
    public required IReadOnlyList<PluginDeclaration> Plugins { get; init; }

    /// <summary>All stages of all hooks, by name.</summary>
    public required IReadOnlyList<StagePlan> Stages { get; init; }

    /// <summary>Every TC hook, in the order of their flags, then XDP where a stage is on it.</summary>
    public required IReadOnlyList<HookPlan> Hooks { get; init; }

    /// <summary>By offset.</summary>
    public required IReadOnlyList<PlannedField> FlowFields { get; init; }

    /// <summary>By offset.</summary>
    public required IReadOnlyList<PlannedField> PacketFields { get; init; }

    /// <summary>By number; the spine's come first.</summary>
    public required IReadOnlyList<PlannedDropReason> DropReasons { get; init; }

    /// <summary>By number.</summary>
    public required IReadOnlyList<PlannedTraceNote> TraceNotes { get; init; }

    /// <summary>What the next plan must be given, so that bits, offsets and numbers stay.</summary>
    public required ChainRecord Record { get; init; }

    /// <summary>
    /// What had to be taken from plugins that are gone. Where this is not empty, flows of older generations must be
    /// decided again: their bits and fields now mean something else.
    /// </summary>
    public required IReadOnlyList<ReclaimedReservation> Reclaimed { get; init; }

    /// <summary>The on-demand stages, by bit.</summary>
    public IReadOnlyList<StagePlan> OnDemandStages =>
        [.. Stages.Where(stage => stage.Bit is not null).OrderBy(stage => stage.Bit)];

    /// <summary>The plan of one hook; null for XDP where no stage is on it.</summary>
    public HookPlan? Hook(Hooks hook) => Hooks.FirstOrDefault(plan => plan.Hook == hook);
}
