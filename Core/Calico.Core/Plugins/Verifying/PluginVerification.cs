using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>
/// Goes with one plugin all the way that a host goes before it touches the kernel: files, contract, declarations, plan,
/// render, compile. Needs no rights and no agent. From the declarations on, the plugin's own code runs.
/// </summary>
/// <param name="owners">Whose files are trusted.</param>
/// <param name="cacheFolder">For compiled objects.</param>
/// <param name="patience">How long the plugin may take to declare itself, and to stop.</param>
public sealed class PluginVerification(TrustedOwners owners, string cacheFolder, TimeSpan patience)
{
    // What every supported kernel takes; a program that compiles for it compiles for v4.
    private const string Cpu = "v3";

    /// <summary>Looks at the plugin in a folder.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="optionsOf">The operator's options for the plugin of that id.</param>
    /// <param name="look">Sees the plugin while it is loaded, if it comes that far; keeps nothing of it.</param>
    public async Task<VerificationReport> RunAsync(string folder, Func<string, MappingNode> optionsOf, Action<LoadedPlugin>? look = null)
    {
        var steps = new List<VerificationStep>();
        var notes = new List<string>();
        string? id = null, version = null;
        try
        {
            PluginFolder found = PluginFolder.Open(folder, owners);
            (id, version) = (found.Manifest?.Id, found.Manifest?.Version);
            steps.Add(Good("files", found.Manifest is null
                ? $"{Path.GetFileName(found.EntryAssembly)}, without a manifest ({PluginManifest.FileName}): what it was built against shows in its references only."
                : $"{Path.GetFileName(found.EntryAssembly)} and its manifest; owners and rights are as they must be."));
            PluginIdentity identity = ContractCheck.Run(found);
            (id, version) = (identity.Id ?? id, version ?? identity.Version);
            steps.Add(Good("contract", "All that it refers to is in its folder or in this host."));
            LoadedPlugin plugin = await new PluginLoader(DetachedHost.Services, owners, patience).LoadAsync(folder, optionsOf, _ => null);
            try
            {
                (id, version) = (plugin.Id, version ?? plugin.Version);
                steps.Add(Good("declarations", $"{Count(plugin.Declaration.Stages, "stage")}, {Count(plugin.Declaration.Maps, "map")}, {Count(plugin.Commands, "command")}."));
                look?.Invoke(plugin);
                Compile(plugin, steps, notes);
            }
            finally
            {
                if (await plugin.StopAsync(patience) is { } trouble)
                {
                    notes.Add(trouble);
                }
            }
        }
        catch (PluginLoadException refused)
        {
            id = refused.PluginId ?? id;
            steps.Add(new VerificationStep(Next(steps), VerificationStep.Failed, refused.Message));
        }

        return new VerificationReport(id, version, folder, steps, notes);
    }

    private void Compile(LoadedPlugin plugin, List<VerificationStep> steps, List<string> notes)
    {
        notes.AddRange(PluginAlone.Needs(plugin.Declaration));
        try
        {
            PlanResult[] planned = [.. PluginAlone.Variants(plugin.Declaration).Select(variant => ChainPlanner.Plan(variant, ChainRecord.Empty))];
            if (planned.FirstOrDefault(result => !result.Succeeded) is { } unplanned)
            {
                steps.Add(new VerificationStep("plan", VerificationStep.Failed, string.Join(' ', unplanned.Problems.Select(problem => problem.Sentence))));
                return;
            }

            Hooks hooks = plugin.Declaration.Stages.Aggregate(Hooks.None, (all, stage) => all | stage.Hooks);
            steps.Add(Good("plan", hooks == Hooks.None ? "It has no stages." : $"Its stages fit into the chains of {hooks}."));
            RenderedChains[] rendered = [.. planned.Select(result => ChainRenderer.Render(
                result.Plan!, new ChainSettings(), new Dictionary<string, ITemplateSource> { [plugin.Id] = plugin.Templates }, hooks))];
            steps.Add(Good("render", $"{Count(rendered[0].Units, "file")} of C."));
            ProgramCompiler compiler = ProgramCompiler.Default(cacheFolder);
            _ = compiler.Toolchain; // Here, and not wrapped by the many that ask for it next.
            foreach (RenderedChains chains in rendered)
            {
                ChainCompiler.Compile(chains, compiler, Cpu);
            }

            steps.Add(Good("compile", $"By {compiler.Toolchain.VersionText}. Only the kernel's verifier can say more: an agent asks it when it loads the plugin."));
        }
        catch (ClangNotFoundException none)
        {
            steps.Add(new VerificationStep("compile", VerificationStep.Skipped, none.Message));
        }
        catch (Exception wrong) when (wrong is TemplateException or CTypeException or CompileException)
        {
            string details = wrong is CompileException compile ? " " + string.Join("; ", compile.Diagnostics) : "";
            steps.Add(new VerificationStep(Next(steps), VerificationStep.Failed, wrong.Message + details));
        }
    }

    private static string Next(List<VerificationStep> steps) => steps.Count switch
    {
        0 => "files",
        1 => "contract",
        2 => "declarations",
        3 => "plan",
        4 => "render",
        _ => "compile",
    };

    private static VerificationStep Good(string name, string sentence) => new(name, VerificationStep.Good, sentence);

    private static string Count<T>(IReadOnlyCollection<T> things, string name) =>
        $"{things.Count} {name}{(things.Count == 1 ? "" : "s")}";
}
