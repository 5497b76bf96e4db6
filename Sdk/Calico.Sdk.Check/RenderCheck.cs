using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Plugins;

namespace Calico.Sdk.Check;

/// <summary>Renders every stage into the chains of all its hooks and both IP families, and every socket program for all its hooks.</summary>
internal static class RenderCheck
{
    /// <returns>The chains that hold a stage of the plugin; null where one cannot be rendered.</returns>
    public static RenderedChains? Run(ChainPlan plan, LoadedPlugin plugin, AuthorFiles files, BuildMessages messages)
    {
        Hooks hooks = plan.Stages.Aggregate(Hooks.None, (all, stage) => all | stage.Hooks);
        try
        {
            RenderedChains chains = ChainRenderer.Render(
                plan, new ChainSettings(), new Dictionary<string, ITemplateSource> { [plugin.Id] = plugin.Templates }, hooks);
            // The entry programs are Core's own and hold no stage.
            return chains with { Units = [.. chains.Units.Where(unit => unit.Programs.Count > 0), .. chains.SocketPrograms.Select(program => program.Unit)] };
        }
        catch (TemplateException wrong)
        {
            messages.Error(Codes.Template, files.Find(wrong.File, wrong.Line, wrong.Column), $"{wrong.Problem}; {wrong.Advice}.");
            return null;
        }
        catch (CTypeException wrong)
        {
            messages.Error(Codes.Declaration, files.Project, wrong.Message);
            return null;
        }
    }
}
