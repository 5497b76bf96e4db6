using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>Names that must be had once only, in a plugin or on the node.</summary>
internal static class DuplicateCheck
{
    public static void Run(PlanningInput input)
    {
        foreach (IGrouping<string, PluginDeclaration> group in input.AllPlugins.GroupBy(plugin => plugin.Id).Where(group => group.Count() > 1))
        {
            input.Report(group.Key, $"{group.Count()} plugins have the id '{group.Key}', so that nobody could tell which one is meant. Remove all but one, or give them ids of their own.");
        }

        Check(input, "stage", plugin => plugin.Stages.Select(stage => (stage.Name, $"'{stage.Name}'")));
        Check(input, "drop reason", plugin => plugin.DropReasons.Select(reason => (reason.Name, $"'{reason.Name}'")));
        Check(input, "trace note", plugin => plugin.TraceNotes.Select(note => (note.Name, $"'{note.Name}'")));
        Check(input, "map", plugin =>
        [
            .. plugin.Maps.Select(map => (map.CName, $"'{map.Name}' ({map.CName} in C)")),
            .. plugin.Events.Select(stream => (stream.CName, $"'{stream.Name}' ({stream.CName} in C)")),
            .. plugin.Events.Select(stream => (stream.LostCName, $"'{stream.Name}_lost' ({stream.LostCName} in C)")),
        ]);
        Check(input, "flow field", plugin => plugin.FlowFields.Select(field => (field.CName, $"'{field.Name}' ({field.CName} in C)")));
        Check(input, "packet field", plugin => plugin.PacketFields.Select(field => (field.CName, $"'{field.Name}' ({field.CName} in C)")));

        HashSet<string> spine = [.. SpineDropReasons.All.Select(reason => reason.Name)];
        foreach (DropReasonDeclaration reason in input.Plugins.SelectMany(plugin => plugin.DropReasons).Where(reason => spine.Contains(reason.Name)))
        {
            input.Report(reason.PluginId, $"Plugin '{reason.PluginId}' declares the drop reason '{reason.Name}', which is one of the spine's own. Rename it; the plugin's id as a prefix makes it unique.");
        }
    }

    private static void Check(PlanningInput input, string what, Func<PluginDeclaration, IEnumerable<(string Key, string Shown)>> names)
    {
        var claims = input.Plugins.SelectMany(plugin => names(plugin).Select(name => (plugin.Id, name.Key, name.Shown)));
        foreach (var group in claims.GroupBy(claim => claim.Key).Where(group => group.Count() > 1))
        {
            List<string> plugins = [.. group.Select(claim => claim.Id).Distinct()];
            string sentence = plugins.Count == 1
                ? $"Plugin '{plugins[0]}' declares the {what} {group.First().Shown} {group.Count()} times. Keep one."
                : $"The {what} {string.Join(" and ", group.Select(claim => $"{claim.Shown} of plugin '{claim.Id}'"))} are one name. Rename all but one of them, or remove a plugin.";
            input.Report(input.Blame(plugins.OrderDescending(StringComparer.Ordinal)), sentence);
        }
    }
}
