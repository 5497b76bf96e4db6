using Calico.Sdk;

namespace Calico.Core.Chain.Declarations;

/// <summary>One stage as its plugin asked for it.</summary>
public sealed record StageDeclaration(string PluginId, string Name, StagePhase Phase)
{
    public string Template { get; init; } = Name + ".bpf.c.sbn";

    public Hooks Hooks { get; init; } = Hooks.Tc;

    public StageForm Form { get; init; }

    /// <summary>PostFlow only: runs only for flows that subscribed.</summary>
    public bool OnDemand { get; init; }

    public IReadOnlyList<OrderConstraint> Constraints { get; init; } = [];

    public MissedCallRule WhenMissed { get; init; }

    public bool RedecidesFlows { get; init; }

    public IReadOnlyList<StageParameter> Parameters { get; init; } = [];
}
