using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;
using Scriban.Runtime;

namespace Calico.Core.Chain.Rendering;

/// <summary>From socket programs to C: one file for each program and hook. A pure function.</summary>
public static class SocketRenderer
{
    /// <summary>In the order in which they run: by hook, plugin and name.</summary>
    /// <exception cref="TemplateException">A template cannot be rendered; it names the plugin.</exception>
    public static IReadOnlyList<RenderedSocketProgram> Render(
        ChainPlan plan, ChainSettings settings, IReadOnlyDictionary<string, ITemplateSource> templates)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(templates);
        return
        [
            .. SocketHook.All.SelectMany(hook => plan.Plugins
                .SelectMany(plugin => plugin.SocketPrograms)
                .Where(program => program.Hooks.HasFlag(hook.Hook))
                .OrderBy(program => program.PluginId, StringComparer.Ordinal).ThenBy(program => program.Name, StringComparer.Ordinal)
                .Select(program => Render(program, hook, settings, templates[program.PluginId]))),
        ];
    }

    private static RenderedSocketProgram Render(SocketProgramDeclaration program, SocketHook hook, ChainSettings settings, ITemplateSource templates)
    {
        var parameters = new ScriptObject();
        foreach (var parameter in program.Parameters)
        {
            parameters[parameter.Name] = parameter.Value;
        }

        var own = new ScriptObject { ["parameters"] = parameters, ["hook"] = hook.Name, ["family"] = hook.Family };
        var source = TemplateRenderer.Render(
            "socket.bpf.c.sbn", EmbeddedTemplates.Core, ModelOf(program, hook, settings),
            [new TemplateFragment(program.Name, program.Template, templates, own)]);
        return new RenderedSocketProgram(program, hook, new RenderedUnit(program.CName(hook), Hooks.None, source, []));
    }

    private static ScriptObject ModelOf(SocketProgramDeclaration program, SocketHook hook, ChainSettings settings) => new()
    {
        ["program"] = program.Name,
        ["plugin"] = program.PluginId,
        ["c_name"] = program.CName(hook),
        ["hook"] = hook.Name,
        ["hook_number"] = (int)hook.Hook,
        ["family"] = hook.Family,
        ["can_refuse"] = hook.CanRefuse,
        // As text: the template language counts with signed numbers.
        ["netns_cookie"] = settings.NetworkNamespaceCookie.ToString(CultureInfo.InvariantCulture),
        ["parameter_list"] = new ScriptArray(program.Parameters.Select(parameter => new ScriptObject
        {
            ["name"] = parameter.Name,
            ["value"] = parameter.Value,
        })),
    };
}

/// <summary>One socket program at one hook, in C.</summary>
/// <param name="Declaration">What the plugin asked for.</param>
/// <param name="Hook">The hook.</param>
/// <param name="Unit">The file, whose name is its program's.</param>
public sealed record RenderedSocketProgram(SocketProgramDeclaration Declaration, SocketHook Hook, RenderedUnit Unit);
