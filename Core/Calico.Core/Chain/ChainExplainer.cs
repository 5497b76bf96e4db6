using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Planning;
using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>Answers "why is this stage here?". Pure, from the plan alone.</summary>
public static class ChainExplainer
{
    /// <summary>Explains every stage of a hook, in the order of the chain; empty where the hook has none.</summary>
    public static IReadOnlyList<StageExplanation> Explain(ChainPlan plan, Hooks hook) => plan.Hook(hook) is { } chain
        ? [.. ExplainPhase(plan, chain, chain.PreFlow), .. ExplainPhase(plan, chain, chain.NewFlow), .. ExplainPhase(plan, chain, chain.PostFlow)]
        : [];

    private static IEnumerable<StageExplanation> ExplainPhase(ChainPlan plan, HookPlan chain, IReadOnlyList<StagePlan> stages)
    {
        StageGraph graph = new(stages.Select(stage => stage.Declaration));
        for (int i = 0; i < stages.Count; i++)
        {
            StagePlan stage = stages[i];
            yield return new StageExplanation(stage.Name, stage.PluginId, stage.Phase, i + 1,
            [
                i == 0 ? $"It is the first {stage.Phase} stage of {NameOf(chain)}." : Neighbour(graph, stages[i - 1], stage),
                .. graph.Edges
                    .Where(edge => edge.From.Name == stage.Name || edge.To.Name == stage.Name)
                    .Select(edge => $"A constraint: {edge}."),
                .. stage.Declaration.Constraints
                    .Where(constraint => stages.All(other => other.Name != constraint.Stage))
                    .Select(constraint => WithoutEffect(plan, chain, stage, constraint)),
                .. Conditions(stage),
            ]);
        }
    }

    /// <summary>
    /// Of two neighbours, either a constraint holds between them, or both were ready when the first was taken; then it was
    /// taken for its form or its name (see <see cref="StageGraph.Order"/>). There is no third case.
    /// </summary>
    private static string Neighbour(StageGraph graph, StagePlan previous, StagePlan stage)
    {
        if (graph.Edges.FirstOrDefault(edge => edge.From.Name == previous.Name && edge.To.Name == stage.Name) is { } edge)
        {
            return $"It comes after '{previous.Name}' because {edge}.";
        }

        return previous.IsInline && !stage.IsInline
            ? $"It comes after '{previous.Name}' because inline stages run before tail-called ones."
            : $"It comes after '{previous.Name}' by name only: no constraint orders the two.";
    }

    private static string WithoutEffect(ChainPlan plan, HookPlan chain, StagePlan stage, OrderConstraint constraint)
    {
        string wish = $"It asks to run {(constraint.Before ? "before" : "after")} '{constraint.Stage}', which is without effect here: ";
        StagePlan? other = plan.Stages.FirstOrDefault(other => other.Name == constraint.Stage);
        return wish + (other is null ? "no stage of that name is installed."
            : other.Phase != stage.Phase ? $"that stage is in phase {other.Phase}."
            : $"that stage is not on {NameOf(chain)}.");
    }

    // As the command line calls it.
    private static string NameOf(HookPlan chain) => chain.Name.Replace('_', '-');

    private static IEnumerable<string> Conditions(StagePlan stage)
    {
        if (stage.IsInline)
        {
            yield return "It is inline: part of the flow program.";
        }

        if (stage.Bit is { } bit)
        {
            yield return $"It runs only for flows that subscribed to it (bit {bit}).";
        }
        else if (stage.Phase == StagePhase.NewFlow)
        {
            yield return "It runs on the first packet of a flow, and again when the flow is decided again.";
        }

        if (!stage.IsInline && stage.WhenMissed == MissedCallRule.Skip)
        {
            yield return "If the call to it is missed, the packet goes on with the next stage.";
        }
    }
}
