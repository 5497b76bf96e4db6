using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain.Planning;

/// <summary>The longest path of each hook against the kernel's limit of tail calls.</summary>
internal static class PathCheck
{
    public static void Run(PlanningInput input)
    {
        var tooLong =
            from hook in HookNames.All
            let stages = input.Stages.Where(stage => stage.Hooks.HasFlag(hook) && stage.Form != StageForm.Inline).ToList()
            let calls = stages.Count + SpinePrograms(hook, stages)
            where calls > ChainLimits.TailCalls
            group hook by (calls, spine: calls - stages.Count, plugins: Count(stages)) into same
            select same;
        foreach (var path in tooLong)
        {
            IEnumerable<string> candidates = input.Stages
                .Where(stage => stage.Hooks.HasFlag(path.First()) && stage.Form != StageForm.Inline)
                .GroupBy(stage => stage.PluginId)
                .OrderByDescending(group => group.Count())
                .ThenByDescending(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key);
            input.Report(
                input.Blame(candidates),
                $"The longest path on {string.Join(", ", path)} has {path.Key.calls} tail calls, and at most {ChainLimits.TailCalls} are possible: {path.Key.spine} are the spine's, the others are stages of {path.Key.plugins}. Remove plugins, put stages on fewer hooks, or make PostFlow stages inline.");
        }
    }

    /// <summary>How many programs the spine contributes to the path; see <see cref="ProgramLayout"/>.</summary>
    private static int SpinePrograms(Hooks hook, IEnumerable<StageDeclaration> stages)
    {
        int parse = hook == Hooks.Xdp || stages.Any(stage => stage.Phase == StagePhase.PreFlow) ? 1 : 0;
        int flowAndCommit = hook == Hooks.Xdp ? 0 : 2;
        return parse + flowAndCommit + 2;
    }

    private static string Count(IEnumerable<StageDeclaration> stages) => string.Join(", ", stages
        .GroupBy(stage => stage.PluginId)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"'{group.Key}' ({group.Count()})"));
}
