using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;

namespace Calico.Core.Chain.Planning;

/// <summary>What plugins import: that it is there, exported, and laid out as the importing plugin thinks.</summary>
internal static class ImportCheck
{
    public static void Run(PlanningInput input)
    {
        foreach (PluginDeclaration plugin in input.Plugins)
        {
            foreach (ImportDeclaration import in plugin.Imports)
            {
                Check(input, plugin, import);
            }
        }
    }

    /// <summary>Whether a plan of these plugins has what is imported.</summary>
    public static bool IsThere(IEnumerable<PluginDeclaration> plugins, ImportDeclaration import) =>
        plugins.FirstOrDefault(plugin => plugin.Id == import.PluginId) is { } exporter && Exports(exporter, import).Contains(import.Name);

    private static IReadOnlyList<string> Exports(PluginDeclaration exporter, ImportDeclaration import) =>
        import.IsMap ? exporter.ExportedMaps : exporter.ExportedFlowFields;

    private static void Check(PlanningInput input, PluginDeclaration plugin, ImportDeclaration import)
    {
        string wish = $"Plugin '{plugin.Id}' uses the {import.What} '{import.Name}' of plugin '{import.PluginId}'";
        PluginDeclaration? exporter = input.Plugins.FirstOrDefault(other => other.Id == import.PluginId);
        if (exporter is null || !Exports(exporter, import).Contains(import.Name))
        {
            if (!import.IsOptional)
            {
                input.Report(plugin.Id, $"{wish}, {Missing(input, import, exporter)}, or remove '{plugin.Id}'.");
            }

            return;
        }

        if (Difference(exporter, import) is { } difference)
        {
            input.Report(plugin.Id, $"{wish}, but has another layout for it than that plugin: {difference}. Use versions of the two that fit, or mend the struct of '{plugin.Id}'.");
        }
    }

    private static string Missing(PlanningInput input, ImportDeclaration import, PluginDeclaration? exporter)
    {
        if (exporter is not null)
        {
            string near = NearNames.Suggest(import.Name, Exports(exporter, import));
            return (import.IsMap ? exporter.Maps.Any(map => map.Name == import.Name) : exporter.FlowFields.Any(field => field.Name == import.Name))
                ? $"which does not export it. Let that plugin export it"
                : $"which has none of that name to export{near}. Correct the name, take a version of '{exporter.Id}' that has it";
        }

        return input.Quarantined.Any(other => other.Id == import.PluginId)
            ? "which is quarantined. Mend that plugin first"
            : $"which is not installed{NearNames.Suggest(import.PluginId, input.Plugins.Select(other => other.Id))}. Install it";
    }

    private static string? Difference(PluginDeclaration exporter, ImportDeclaration import)
    {
        if (!import.IsMap)
        {
            return CLayoutDifference.Explain(exporter.FlowFields.First(field => field.Name == import.Name).Type, import.Value, "it");
        }

        MapDeclaration map = exporter.Maps.First(map => map.Name == import.Name);
        return CLayoutDifference.Explain(map.Key, import.Key!, "its key") ?? CLayoutDifference.Explain(map.Value, import.Value, "its value");
    }
}
