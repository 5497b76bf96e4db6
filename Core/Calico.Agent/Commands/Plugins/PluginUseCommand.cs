using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin use ID VERSION</c>: forward to a new version, or back to an old one.</summary>
internal static class PluginUseCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id." };
        var version = new Argument<string>("VERSION") { Description = "An installed version." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("use", "Makes an installed version the active one and has the agent load it. If the agent refuses, the former one is active again.")
        {
            id, version, file, context.Format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            PluginPlace place = PluginPlace.Of(parsed.GetValue(file));
            string wanted = parsed.GetRequiredValue(id);
            StoreChange change = await PluginSwitch.RunAsync(
                context, parsed, place, wanted, parsed.GetRequiredValue(version), place.Store.Active(wanted), [], cancellation);
            context.Writer(parsed).Write(Answer.Of(change, PluginJson.Default.StoreChange, PluginSwitch.View));
            return ExitCodes.Success;
        });
        return command;
    }
}
