using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;

namespace Calico.Agent.Commands.Plugins;

/// <summary><c>calico plugin remove ID [VERSION]</c>.</summary>
internal static class PluginRemoveCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The plugin's id." };
        var version = new Argument<string?>("VERSION") { Description = "The version; all if left out.", Arity = ArgumentArity.ZeroOrOne };
        var force = new Option<bool>("--force") { Description = "Also what the configuration uses: an agent that runs goes on, one that starts is without the plugin." };
        Option<string?> file = PluginPlace.ConfigurationOption();
        var command = new Command("remove", "Takes a version of a plugin, or all of them, out of the store.") { id, version, force, file, context.Format };
        command.SetAction(parsed =>
        {
            PluginPlace place = PluginPlace.Of(parsed.GetValue(file));
            string wanted = parsed.GetRequiredValue(id);
            string? only = parsed.GetValue(version);
            if (!parsed.GetValue(force))
            {
                RefuseWhatIsUsed(place, wanted, only);
            }

            string? before = place.Store.Active(wanted);
            IReadOnlyList<string> gone = PluginPlace.Attempt(() => place.Store.Remove(wanted, only));
            var change = new StoreChange(wanted, place.Store.Active(wanted), before, [.. gone.Select(each => $"{wanted} {each} is removed.")]);
            context.Writer(parsed).Write(Answer.Of(change, PluginJson.Default.StoreChange, PluginSwitch.View));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void RefuseWhatIsUsed(PluginPlace place, string id, string? version)
    {
        if (place.EntryOf(id) is { } entry && place.VersionOf(entry) is { } used && (version is null || version == used) && place.Store.VersionsOf(id).Contains(used))
        {
            throw new CommandFailure(
                ExitCodes.Failure,
                $"{entry.Position.File}:{entry.Position.Line} uses {id} {used}. Take it out of there, or `calico plugin use` another version first; --force removes it all the same.");
        }
    }
}
