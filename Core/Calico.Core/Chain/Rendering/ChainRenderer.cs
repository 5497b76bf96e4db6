using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>From a plan to C: a pure function.</summary>
public static class ChainRenderer
{
    /// <param name="plan">What stands where.</param>
    /// <param name="settings">What is rendered in.</param>
    /// <param name="templates">Each plugin's templates, by plugin id.</param>
    /// <param name="hooks">The hooks to render: those that some interface of the node needs.</param>
    /// <exception cref="TemplateException">A template cannot be rendered; it names the plugin.</exception>
    public static RenderedChains Render(
        ChainPlan plan, ChainSettings settings, IReadOnlyDictionary<string, ITemplateSource> templates, Hooks hooks)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(templates);
        var units = new List<RenderedUnit>();
        foreach (var hook in plan.Hooks.Where(hook => (hook.Hook & hooks) != 0))
        {
            units.Add(new RenderedUnit(
                hook.Name, hook.Hook,
                TemplateRenderer.Render("entry.bpf.c.sbn", EmbeddedTemplates.Core, ChainModel.OfEntry(hook, settings)),
                []));
            foreach (var family in hook.Families)
            {
                units.Add(new RenderedUnit(
                    $"{hook.Name}.v{(family.Family == IpFamily.IPv4 ? 4 : 6)}", hook.Hook,
                    TemplateRenderer.Render(
                        "chain.bpf.c.sbn", EmbeddedTemplates.Core, ChainModel.OfFamily(plan, hook, family, settings), Fragments(hook, templates)),
                    family.Programs));
            }
        }

        // A plugin's own headers: #include <PLUGIN-ID/name.h>, so that two plugins may both have a types.h.
        var own = plan.Plugins
            .Where(plugin => plugin.Stages.Count + plugin.SocketPrograms.Count > 0)
            .SelectMany(plugin => VirtualHeader.AllOf(templates[plugin.Id]))
            .Select(header => header with { Path = $"{header.Owner}/{header.Path}" });
        return new RenderedChains(plan, settings, [.. GeneratedHeaders.Of(plan, settings), .. own], units)
        {
            Templates = plan.Stages.ToDictionary(stage => stage.Name, stage => templates[stage.PluginId].Find(stage.Template)?.Text ?? ""),
            SocketPrograms = SocketRenderer.Render(plan, settings, templates),
        };
    }

    private static TemplateFragment[] Fragments(HookPlan hook, IReadOnlyDictionary<string, ITemplateSource> templates) =>
        [.. hook.Stages.Select(stage => new TemplateFragment(stage.Name, stage.Template, templates[stage.PluginId], ChainModel.OfStage(stage)))];
}
