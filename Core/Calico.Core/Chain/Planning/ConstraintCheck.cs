using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain.Planning;

/// <summary>Before and After: that the names exist, that an order exists, and that the forms allow it.</summary>
internal static class ConstraintCheck
{
    public static void Run(PlanningInput input)
    {
        foreach (StageDeclaration stage in input.Stages)
        {
            foreach (OrderConstraint constraint in stage.Constraints.Where(constraint => !constraint.Optional).Distinct())
            {
                CheckName(input, stage, constraint);
            }
        }

        CheckForms(input);
        CheckCycles(input);
    }

    private static void CheckName(PlanningInput input, StageDeclaration stage, OrderConstraint constraint)
    {
        StageDeclaration? other = input.Stages.FirstOrDefault(candidate => candidate.Name == constraint.Stage);
        if (other?.Phase == stage.Phase)
        {
            return;
        }

        string wish = $"Stage '{stage.Name}' of plugin '{stage.PluginId}' asks to run {(constraint.Before ? "before" : "after")} '{constraint.Stage}'";
        string remedy = "remove the constraint, or mark it optional";
        if (other is not null)
        {
            bool held = constraint.Before == (stage.Phase < other.Phase);
            input.Report(stage.PluginId, $"{wish}, but that stage (of plugin '{other.PluginId}') is in phase {other.Phase} and '{stage.Name}' in phase {stage.Phase}: constraints hold inside one phase, and the phases' own order {(held ? "already gives what it asks for" : "is the opposite")}. {(held ? "R" + remedy[1..] : "Move one of the stages to the other's phase, or " + remedy)}.");
            return;
        }

        if (NameCheck.SpineNames.Contains(constraint.Stage))
        {
            input.Report(stage.PluginId, $"{wish}, which is one of the spine's own programs: where those stand follows from the phase ({stage.Phase}). Remove the constraint.");
            return;
        }

        string why = input.Quarantined.FirstOrDefault(plugin => plugin.Stages.Any(s => s.Name == constraint.Stage)) is { } quarantined
            ? $"whose plugin '{quarantined.Id}' is quarantined. Mend that plugin"
            : $"and no installed plugin has a stage of that name{NearNames.Suggest(constraint.Stage, Near(input, stage))}. Correct the name, install its plugin";
        input.Report(stage.PluginId, $"{wish}, {why}, {remedy}.");
    }

    private static IEnumerable<string> Near(PlanningInput input, StageDeclaration stage) =>
        input.Stages.Where(other => other.Phase == stage.Phase && other.Name != stage.Name).Select(other => other.Name);

    private static void CheckForms(PlanningInput input)
    {
        var edges = HookNames.All
            .SelectMany(hook => StageGraph.Of(input.Stages, hook, StagePhase.PostFlow).Edges)
            .Where(edge => edge.From.Form != StageForm.Inline && edge.To.Form == StageForm.Inline)
            .DistinctBy(edge => (edge.From.Name, edge.To.Name));
        foreach (OrderEdge edge in edges)
        {
            input.Report(
                input.Blame(edge.Plugins),
                $"{edge}, but '{edge.To.Name}' is inline and '{edge.From.Name}' is tail-called: inline stages are part of the flow-lookup program and so run before every tail-called one. Make both inline or both tail-called, or remove the constraint.");
        }
    }

    private static void CheckCycles(PlanningInput input)
    {
        var cycles =
            from phase in Enum.GetValues<StagePhase>()
            from hook in HookNames.All
            from cycle in StageGraph.Of(input.Stages, hook, phase).Cycles()
            group hook by (phase, path: string.Join(" → ", cycle.Select(edge => edge.From.Name).Append(cycle[0].From.Name)), why: string.Join("; ", cycle)) into same
            select same;
        foreach (var cycle in cycles)
        {
            HashSet<string> names = [.. cycle.Key.path.Split(" → ")];
            IEnumerable<string> plugins = input.Stages
                .Where(stage => names.Contains(stage.Name) && stage.Constraints.Any(constraint => names.Contains(constraint.Stage)))
                .Select(stage => stage.PluginId)
                .Distinct()
                .OrderDescending(StringComparer.Ordinal);
            input.Report(
                input.Blame(plugins),
                $"The {cycle.Key.phase} stages {cycle.Key.path} on {string.Join(", ", cycle)} form a cycle: {cycle.Key.why}. Remove one of these constraints, or one of the plugins.");
        }
    }
}
