using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Plugins;
using Calico.Sdk.Resources;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin verify FOLDER|NUPKG</c>: without a kernel, an agent or any rights.</summary>
internal static class PluginVerifyCommand
{
    private static readonly Column<VerificationStep>[] s_columns =
    [
        new("STEP", row => row.Name),
        new("OUTCOME", row => row.Outcome),
        new("FOUND", row => row.Sentence),
    ];

    public static Command Create(CommandContext context)
    {
        var plugin = new Argument<string>("FOLDER|NUPKG") { Description = "The plugin's folder, or its package." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("verify", "Checks a plugin as far as that goes without a kernel: contract, declarations, plan, C. Runs its Configure. Exits with 1 if it cannot be used.")
        {
            plugin, file, context.Format,
        };
        command.SetAction(async (parsed, _) =>
        {
            PluginPlace place = PluginPlace.Of(parsed.GetValue(file), isRequired: false);
            VerificationReport report = await VerifyAsync(Path.GetFullPath(parsed.GetRequiredValue(plugin)), place.OptionsOf);
            context.Writer(parsed).Write(Answer.Of(report, PluginJson.Default.VerificationReport, View));
            return report.IsGood ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static async Task<VerificationReport> VerifyAsync(string path, Func<string, MappingNode> optionsOf)
    {
        if (!File.Exists(path))
        {
            return (await PluginVerifying.RunAsync(path, optionsOf)).Report;
        }

        DirectoryInfo unpacked = Directory.CreateTempSubdirectory("calico-verify-");
        try
        {
            StoredPlugin plugin = new PluginStore(unpacked.FullName).Install(path).Plugin;
            return (await PluginVerifying.RunAsync(plugin.Folder, optionsOf)).Report with { Folder = path };
        }
        catch (Exception refused) when (refused is PluginStoreException or PluginLoadException)
        {
            string step = refused is PluginStoreException ? "files" : "contract";
            return new VerificationReport((refused as PluginLoadException)?.PluginId, null, path, [new VerificationStep(step, VerificationStep.Failed, refused.Message)], []);
        }
        finally
        {
            unpacked.Delete(recursive: true);
        }
    }

    private static Rows View(VerificationReport report) => new(
    [
        TableView.Of(s_columns, report.Steps),
        .. report.Notes.Select(note => (IRenderable)new Text($"note: {note}")),
        new Text(report.IsGood
            ? $"Plugin {report.Id} {report.Version} can be used."
            : $"{(report.Id is null ? report.Folder : $"Plugin {report.Id} {report.Version}".TrimEnd())} cannot be used: see the last step."),
    ]);
}
