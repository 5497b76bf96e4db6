using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Plugins;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin install FILE.nupkg</c>: into the store, and into the agent that runs.</summary>
internal static class PluginInstallCommand
{
    public static Command Create(CommandContext context)
    {
        var package = new Argument<string>("NUPKG") { Description = "The plugin's package." };
        var noUse = new Option<bool>("--no-use") { Description = "Only put it into the store: the active version stays, and no agent is asked to reload." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("install", "Verifies a package, puts it into the store beside other versions, makes it active and has the agent load it. Nothing is overwritten.")
        {
            package, noUse, file, context.Format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            PluginPlace place = PluginPlace.Of(parsed.GetValue(file));
            string path = Path.GetFullPath(parsed.GetRequiredValue(package));
            // A first version is active at once; then there was none before.
            var activeBefore = place.Store.List().Where(plugin => plugin.IsActive).ToDictionary(plugin => plugin.Id, plugin => plugin.Version);
            PluginInstallation installed = PluginPlace.Attempt(
                () => place.Store.Install(path, folder => PluginVerifying.Require(folder, place.OptionsOf)));
            string sentence = installed.IsNew
                ? $"{installed.Plugin.Id} {installed.Plugin.Version} is installed in {installed.Plugin.Folder}."
                : $"{installed.Plugin.Id} {installed.Plugin.Version} was installed already, with the same content.";
            string? before = activeBefore.GetValueOrDefault(installed.Plugin.Id);
            StoreChange change = parsed.GetValue(noUse)
                ? new StoreChange(installed.Plugin.Id, place.Store.Active(installed.Plugin.Id), before, [sentence])
                : await PluginSwitch.RunAsync(context, parsed, place, installed.Plugin.Id, installed.Plugin.Version, before, [sentence], cancellation);
            context.Writer(parsed).Write(Answer.Of(change, PluginJson.Default.StoreChange, PluginSwitch.View));
            return ExitCodes.Success;
        });
        return command;
    }
}
