using System.Text.RegularExpressions;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Core.Chain.Planning;

/// <summary>The structs and enums that plugins bring: all stand in one C file, so one name is one layout.</summary>
internal static partial class TypeCheck
{
    private static readonly HashSet<string> s_spineTags =
    [
        .. HeaderSet.Core.Headers.SelectMany(header => Tag().Matches(header.Text)).Select(match => match.Groups[1].Value),
    ];

    public static void Run(PlanningInput input)
    {
        var types = new CEmitter();
        foreach (Type spine in GeneratedHeaders.SpineTypes)
        {
            types.Add(spine);
        }

        foreach (PluginDeclaration plugin in input.Plugins)
        {
            foreach (Type type in TypesOf(plugin).Distinct())
            {
                Add(input, plugin, types, type);
            }
        }
    }

    private static IEnumerable<Type> TypesOf(PluginDeclaration plugin) =>
    [
        .. plugin.Maps.SelectMany(map => new[] { map.Key, map.Value }),
        .. plugin.Events.Select(stream => stream.Record),
        .. plugin.FlowFields.Concat(plugin.PacketFields).Select(field => field.Type),
    ];

    private static void Add(PlanningInput input, PluginDeclaration plugin, CEmitter types, Type type)
    {
        try
        {
            if (types.Add(type) is var name && name.StartsWith("struct ", StringComparison.Ordinal) && s_spineTags.Contains(name["struct ".Length..]))
            {
                input.Report(plugin.Id, $"Plugin '{plugin.Id}' brings the struct {CNames.Readable(type)}, which is '{name}' in C, and the spine has one of that name. Rename it, or give it another with [CName(\"…\")].");
            }
        }
        catch (CTypeException refused)
        {
            input.Report(plugin.Id, $"Plugin '{plugin.Id}' brings a type that C cannot have beside the others. {refused.Message}");
        }
    }

    [GeneratedRegex(@"^(?:struct|union|enum) (\w+) \{", RegexOptions.Multiline)]
    private static partial Regex Tag();
}
