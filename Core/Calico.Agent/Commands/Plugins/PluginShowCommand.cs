using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Reports;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin show ID</c>: as the agent runs it, else as the store has it.</summary>
internal static class PluginShowCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("show", "What a plugin brings: stages, maps, fields, options, drop reasons, commands; and its installed versions.") { id, file, context.Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            PluginPlace place = PluginPlace.Of(parsed.GetValue(file), isRequired: false);
            string wanted = parsed.GetRequiredValue(id);
            IReadOnlyList<StoredPlugin> installed = [.. place.Store.List().Where(plugin => plugin.Id == wanted)];
            PluginReport? plugin = await RunningAsync(context, parsed, wanted, cancellation) ?? await StoredAsync(place, installed, wanted);
            if (plugin is null && installed.Count == 0)
            {
                throw new CommandFailure(ExitCodes.Failure, $"Plugin '{wanted}' neither runs nor is installed in {place.Store.Folder}. `calico plugin list` and `calico plugin list --installed` say which ones do.");
            }

            context.Writer(parsed).Write(Answer.Of(new PluginDetail(plugin, installed), PluginJson.Default.PluginDetail, View));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<PluginReport?> RunningAsync(CommandContext context, ParseResult parsed, string id, CancellationToken cancellation)
    {
        using AgentClient agent = context.Connect(parsed);
        try
        {
            return (await agent.GetAsync("v1/plugins", ApiJson.Default.IReadOnlyListPluginReport, cancellation)).FirstOrDefault(plugin => plugin.Id == id);
        }
        catch (CommandFailure unreachable) when (unreachable.ExitCode == ExitCodes.Unavailable)
        {
            return null;
        }
    }

    // The active version, else the newest.
    private static async Task<PluginReport?> StoredAsync(PluginPlace place, IReadOnlyList<StoredPlugin> installed, string id)
    {
        StoredPlugin? version = installed.FirstOrDefault(plugin => plugin.IsActive) ?? (installed.Count > 0 ? installed[0] : null);
        if (version is null)
        {
            return null;
        }

        (VerificationReport report, PluginReport? seen) = await PluginVerifying.RunAsync(version.Folder, place.OptionsOf);
        return seen ?? new PluginReport(id, version.Version, "unusable", report.Steps[^1].Sentence, version.Folder, version.Description, [], []);
    }

    private static IRenderable View(PluginDetail detail) => TableView.Of(
    [
        .. detail.Plugin is { } plugin ? Facts(plugin) : [],
        .. detail.Installed.Select(version => ("Installed", version.IsActive ? $"{version.Version} (active)" : version.Version)),
    ]);

    private static IEnumerable<(string Name, string Value)> Facts(PluginReport plugin) =>
    [
        ("Plugin", plugin.Id),
        ("Version", Cell.Of(plugin.Version)),
        ("State", plugin.State),
        .. plugin.Reason is { } reason ? [("Reason", reason)] : Array.Empty<(string, string)>(),
        ("Description", Cell.Of(plugin.Description)),
        ("Folder", plugin.Folder),
        .. plugin.Requires.Select(other => ("Requires", other)),
        .. plugin.Stages.Select(stage => ("Stage", stage)),
        .. plugin.Maps.Select(map => ("Map", map)),
        .. plugin.FlowFields.Select(field => ("Flow field", field)),
        .. plugin.PacketFields.Select(field => ("Packet field", field)),
        .. plugin.Events.Select(stream => ("Events", stream)),
        .. plugin.DropReasons.Select(drop => ("Drop reason", drop)),
        .. plugin.Options.Select(option => ("Option", $"{option.Name} = {option.Value} ({option.Type}{(option.Range.Length > 0 ? $", {option.Range}" : "")}{(option.Default is null ? ", required" : $", default {option.Default}")}): {option.Description}")),
        .. plugin.Commands.Select(command => ("Command", command)),
    ];
}
