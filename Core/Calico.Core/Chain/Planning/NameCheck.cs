using System.Text.RegularExpressions;
using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>Names end up in C, in bpffs and on the command line: whoever made the declarations, they are checked here.</summary>
internal static partial class NameCheck
{
    /// <summary>Names that the spine's own programs have.</summary>
    public static IReadOnlyList<string> SpineNames { get; } = ["commit", "drop", "entry", "flow", "forward", "parse"];

    /// <summary>A stage is <c>stage_NAME</c> in C, and the contract's own functions are called so too: stage_next, stage_drop.</summary>
    private static readonly IReadOnlyList<string> s_reservedNames = [.. SpineNames, "next"];

    public static void Run(PlanningInput input)
    {
        foreach (PluginDeclaration plugin in input.AllPlugins)
        {
            CheckId(input, plugin.Id);
            foreach (StageDeclaration stage in plugin.Stages)
            {
                CheckStage(input, plugin, stage);
            }

            foreach (SocketProgramDeclaration program in plugin.SocketPrograms)
            {
                CheckEach(input, plugin, "socket program", [program.Name]);
                CheckEach(input, plugin, $"parameter of socket program '{program.Name}'", program.Parameters.Select(parameter => parameter.Name));
            }

            CheckEach(input, plugin, "map", plugin.Maps.Select(map => map.Name));
            CheckEach(input, plugin, "event stream", plugin.Events.Select(stream => stream.Name));
            CheckEach(input, plugin, "flow field", plugin.FlowFields.Select(field => field.Name));
            CheckEach(input, plugin, "packet field", plugin.PacketFields.Select(field => field.Name));
            CheckUpperCase(input, plugin, "drop reason", plugin.DropReasons.Select(reason => reason.Name));
            CheckUpperCase(input, plugin, "trace note", plugin.TraceNotes.Select(note => note.Name));
        }
    }

    private static void CheckId(PlanningInput input, string id)
    {
        if (!PluginId().IsMatch(id))
        {
            input.Report(id, $"A plugin has the id '{id}': an id has lower-case letters, digits and hyphens, begins with a letter and has at most {ChainLimits.NameLength} characters. Change its [DataplanePlugin] attribute.");
        }
        else if (id == SpineDropReasons.Owner)
        {
            input.Report(id, $"A plugin has the id '{id}', which is the spine's own name. Change its [DataplanePlugin] attribute.");
        }
    }

    private static void CheckStage(PlanningInput input, PluginDeclaration plugin, StageDeclaration stage)
    {
        CheckEach(input, plugin, "stage", [stage.Name]);
        if (s_reservedNames.Contains(stage.Name))
        {
            input.Report(plugin.Id, $"Plugin '{plugin.Id}' declares the stage '{stage.Name}', and the spine itself uses the names {string.Join(", ", s_reservedNames)}. Rename it.");
        }

        CheckEach(input, plugin, $"parameter of stage '{stage.Name}'", stage.Parameters.Select(parameter => parameter.Name));
        foreach (IGrouping<string, StageParameter> group in stage.Parameters.GroupBy(parameter => parameter.Name).Where(group => group.Count() > 1))
        {
            input.Report(plugin.Id, $"Stage '{stage.Name}' of plugin '{plugin.Id}' declares the parameter '{group.Key}' {group.Count()} times. Keep one.");
        }

        if (stage.Template.Length == 0 || stage.Template.StartsWith('/') || stage.Template.Split('/').Contains(".."))
        {
            input.Report(plugin.Id, $"Stage '{stage.Name}' of plugin '{plugin.Id}' names the template '{stage.Template}', which is not a path below the assembly's bpf/ folder. Name the file as it lies in that folder.");
        }
    }

    private static void CheckUpperCase(PlanningInput input, PluginDeclaration plugin, string what, IEnumerable<string> names)
    {
        foreach (string name in names.Where(name => !UpperCase().IsMatch(name)))
        {
            input.Report(plugin.Id, $"Plugin '{plugin.Id}' declares the {what} '{name}': such a name has upper-case letters, digits and underscores, begins with a letter and has at most 48 characters. Rename it.");
        }
    }

    private static void CheckEach(PlanningInput input, PluginDeclaration plugin, string what, IEnumerable<string> names)
    {
        foreach (string name in names.Where(name => !SnakeCase().IsMatch(name)))
        {
            input.Report(plugin.Id, $"Plugin '{plugin.Id}' declares the {what} '{name}': such a name has lower-case letters, digits and underscores, begins with a letter and has at most {ChainLimits.NameLength} characters. Rename it.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex PluginId();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,31}\z")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,47}\z")]
    private static partial Regex UpperCase();
}
