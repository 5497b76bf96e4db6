using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>Requires and Conflicts.</summary>
internal static class RelationCheck
{
    public static void Run(PlanningInput input)
    {
        HashSet<string> installed = [.. input.Plugins.Select(plugin => plugin.Id)];
        foreach (PluginDeclaration plugin in input.Plugins)
        {
            foreach (string conflict in Sorted(plugin.Conflicts).Where(installed.Contains))
            {
                ReportConflict(input, plugin.Id, conflict);
            }
        }

        foreach (PluginDeclaration plugin in input.Plugins)
        {
            foreach (string missing in Sorted(plugin.Requires).Where(id => !installed.Contains(id)))
            {
                string why = input.Quarantined.Any(other => other.Id == missing)
                    ? "which is quarantined. Mend that plugin first"
                    : $"which is not installed{NearNames.Suggest(missing, installed)}. Install it";
                input.Report(plugin.Id, $"Plugin '{plugin.Id}' requires the plugin '{missing}', {why}, or remove '{plugin.Id}'.");
            }
        }
    }

    private static void ReportConflict(PlanningInput input, string plugin, string conflict)
    {
        if (plugin == conflict)
        {
            input.Report(plugin, $"Plugin '{plugin}' says that it conflicts with itself. Remove that Conflicts().");
            return;
        }

        input.Report(
            input.Blame([plugin, conflict]),
            $"Plugin '{plugin}' says that it cannot work beside the plugin '{conflict}', and both are installed. Remove one of them.");
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> ids) => ids.Distinct().Order(StringComparer.Ordinal);
}
