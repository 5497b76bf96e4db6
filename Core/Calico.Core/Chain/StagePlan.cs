using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>A stage with what the plan gave it; the same on every hook that it is on.</summary>
/// <param name="Declaration">What its plugin asked for.</param>
/// <param name="Bit">An on-demand stage's bit in the flow's subscription word; null for every other stage.</param>
public sealed record StagePlan(StageDeclaration Declaration, int? Bit)
{
    /// <summary>What a trace calls it; it stays the same across generations.</summary>
    public required int Number { get; init; }

    public string Name => Declaration.Name;

    public string PluginId => Declaration.PluginId;

    public StagePhase Phase => Declaration.Phase;

    public string Template => Declaration.Template;

    public bool IsInline => Declaration.Form == StageForm.Inline;

    public bool IsOnDemand => Declaration.OnDemand;

    public Hooks Hooks => Declaration.Hooks;

    /// <summary>What happens when a tail call to it is missed.</summary>
    public MissedCallRule WhenMissed => Declaration.WhenMissed;

    public bool RedecidesFlows => Declaration.RedecidesFlows;

    /// <summary>Sorted by name: the order in which they were declared changes nothing that is rendered.</summary>
    public IReadOnlyList<StageParameter> Parameters { get; } =
        [.. Declaration.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];
}
