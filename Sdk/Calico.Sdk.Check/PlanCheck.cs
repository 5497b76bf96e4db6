using Calico.Core.Chain;
using Calico.Core.Plugins;

namespace Calico.Sdk.Check;

/// <summary>
/// Plans the plugin alone. Other plugins are not known to a build: what it needs of them is a warning here, and an error
/// on the node that lacks it.
/// </summary>
internal static class PlanCheck
{
    /// <returns>The plans, with and without what is optional; none where one cannot be made.</returns>
    public static IReadOnlyList<ChainPlan> Run(LoadedPlugin plugin, AuthorFiles files, BuildMessages messages)
    {
        foreach (string need in PluginAlone.Needs(plugin.Declaration))
        {
            messages.Warning(Codes.Others, files.Project, $"The build knows this plugin alone. {need}");
        }

        PlanResult[] results = [.. PluginAlone.Variants(plugin.Declaration).Select(variant => ChainPlanner.Plan(variant, ChainRecord.Empty))];
        foreach (PlanProblem problem in results.SelectMany(result => result.Problems))
        {
            messages.Error(Codes.Plan, files.Project, problem.Sentence);
        }

        return messages.HasErrors ? [] : [.. results.Select(result => result.Plan!)];
    }
}
