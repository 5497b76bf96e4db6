using System.Runtime.CompilerServices;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>
/// A plugin's declaration as it can be planned where no other plugin is: what it wants of others is for its node to have.
/// Used by the check after a plugin's build and by <c>calico plugin verify</c>.
/// </summary>
public static class PluginAlone
{
    /// <summary>What its node must have beside it, one sentence each; nothing of it is optional.</summary>
    public static IReadOnlyList<string> Needs(PluginDeclaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        HashSet<string> own = StagesOf(declaration);
        return
        [
            .. declaration.Requires.Select(other => $"It requires the plugin '{other}', which its node must have."),
            .. declaration.Stages.SelectMany(stage => stage.Constraints.Where(constraint => !constraint.Optional && !own.Contains(constraint.Stage))
                .Select(constraint => $"Its stage '{stage.Name}' must run {(constraint.Before ? "before" : "after")} '{constraint.Stage}', a stage of another plugin, which its node must have.")),
            .. declaration.Imports.Where(import => !import.IsOptional)
                .Select(import => $"It uses the {import.What} '{import.Name}' of the plugin '{import.PluginId}', which its node must have."),
        ];
    }

    /// <summary>
    /// What to plan: the plugin, and a stand-in for each that it imports from. One with everything that it may import,
    /// and where something of that is optional, one without that: its templates differ.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PluginDeclaration>> Variants(PluginDeclaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        HashSet<string> own = StagesOf(declaration);
        PluginDeclaration alone = declaration with
        {
            Requires = [],
            Stages = [.. declaration.Stages.Select(stage => stage with { Constraints = [.. stage.Constraints.Where(constraint => own.Contains(constraint.Stage))] })],
        };
        IReadOnlyList<PluginDeclaration> everything = [alone, .. StandIns(declaration.Imports)];
        return declaration.Imports.Any(import => import.IsOptional)
            ? [everything, [alone, .. StandIns(declaration.Imports.Where(import => !import.IsOptional))]]
            : [everything];
    }

    private static HashSet<string> StagesOf(PluginDeclaration declaration) => [.. declaration.Stages.Select(stage => stage.Name)];

    // They have what is imported of them, with the layout that the importing plugin expects, and nothing else.
    private static IEnumerable<PluginDeclaration> StandIns(IEnumerable<ImportDeclaration> imports) =>
        from import in imports
        group import by import.PluginId into exporter
        select new PluginDeclaration(exporter.Key)
        {
            Maps = [.. exporter.Where(import => import.IsMap).Select(import => new MapDeclaration(exporter.Key, import.Name, MapKind.Hash, import.Key!, import.Value, 1))],
            ExportedMaps = [.. exporter.Where(import => import.IsMap).Select(import => import.Name)],
            FlowFields = [.. exporter.Where(import => !import.IsMap).Select(import => new FieldDeclaration(exporter.Key, import.Name, import.Value, RuntimeHelpers.SizeOf(import.Value.TypeHandle)))],
            ExportedFlowFields = [.. exporter.Where(import => !import.IsMap).Select(import => import.Name)],
        };
}
