using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Plugins;

namespace Calico.Sdk.Check;

/// <summary>
/// Plans the plugin alone. Other plugins are not known to a build: what it needs of them is a warning here, and an error
/// on the node that lacks it.
/// </summary>
internal static class PlanCheck
{
    /// <returns>The plan; null where there is none.</returns>
    public static ChainPlan? Run(LoadedPlugin plugin, AuthorFiles files, BuildMessages messages)
    {
        PluginDeclaration declaration = plugin.Declaration;
        HashSet<string> own = [.. declaration.Stages.Select(stage => stage.Name)];
        foreach (string other in declaration.Requires)
        {
            messages.Warning(Codes.Others, files.Project, $"Plugin '{declaration.Id}' requires the plugin '{other}'; the build checks it without that one, and a node must have both.");
        }

        foreach (StageDeclaration stage in declaration.Stages)
        {
            foreach (OrderConstraint constraint in stage.Constraints.Where(constraint => !constraint.Optional && !own.Contains(constraint.Stage)))
            {
                messages.Warning(Codes.Others, files.Project, $"Stage '{stage.Name}' must run {(constraint.Before ? "before" : "after")} '{constraint.Stage}', a stage of another plugin, which a node must have, too. Where it need not, say optional: true.");
            }
        }

        PlanResult result = ChainPlanner.Plan([Alone(declaration, own)], ChainRecord.Empty);
        foreach (PlanProblem problem in result.Problems)
        {
            messages.Error(Codes.Plan, files.Project, problem.Sentence);
        }

        return result.Plan;
    }

    private static PluginDeclaration Alone(PluginDeclaration declaration, HashSet<string> own) => declaration with
    {
        Requires = [],
        Stages = [.. declaration.Stages.Select(stage => stage with
        {
            Constraints = [.. stage.Constraints.Where(constraint => own.Contains(constraint.Stage))],
        })],
    };
}
