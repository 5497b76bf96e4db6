using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin …</c>: the plugins that run, and those that are installed.</summary>
internal static class PluginCommand
{
    private static readonly Column<PluginReport>[] s_running =
    [
        new("ID", row => row.Id),
        new("VERSION", row => Cell.Of(row.Version)),
        new("STATE", row => row.State),
        new("STAGES", row => Cell.Of(row.Stages)),
        new("COMMANDS", row => Cell.Of(row.Commands)),
        new("FOLDER", row => row.Folder),
        new("DESCRIPTION", row => row.Reason ?? row.Description),
    ];

    private static readonly Column<StoredPlugin>[] s_installed =
    [
        new("ID", row => row.Id),
        new("VERSION", row => row.Version),
        new("ACTIVE", row => row.IsActive ? "yes" : "no"),
        new("FOLDER", row => row.Folder),
        new("DESCRIPTION", row => row.Description),
    ];

    public static Command Create(CommandContext context) => new("plugin", "Plugins: those that run, those that are installed, and what is wrong with one.")
    {
        List(context),
        PluginShowCommand.Create(context),
        PluginVerifyCommand.Create(context),
        PluginInstallCommand.Create(context),
        PluginUseCommand.Create(context),
        PluginRemoveCommand.Create(context),
    };

    private static Command List(CommandContext context)
    {
        var installed = new Option<bool>("--installed") { Description = "Those in the store, all versions, whether they run or not; needs no agent." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("list", "Lists those that the configuration asks for: running, or refused and why.") { installed, file, context.Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(installed))
            {
                IReadOnlyList<StoredPlugin> stored = PluginPlace.Of(parsed.GetValue(file)).Store.List();
                context.Writer(parsed).Write(Answer.Of(stored, PluginJson.Default.IReadOnlyListStoredPlugin, rows => TableView.Of(s_installed, rows)));
                return ExitCodes.Success;
            }

            using AgentClient agent = context.Connect(parsed);
            context.Writer(parsed).Write(Answer.Of(
                await agent.GetAsync("v1/plugins", ApiJson.Default.IReadOnlyListPluginReport, cancellation),
                ApiJson.Default.IReadOnlyListPluginReport,
                rows => TableView.Of(s_running, rows)));
            return ExitCodes.Success;
        });
        return command;
    }
}
