using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;
using Spectre.Console;

namespace Calico.Agent.Commands.Plugins;

/// <summary>Makes a version active and has the agent load it; if the agent refuses, all is as it was.</summary>
internal static class PluginSwitch
{
    /// <exception cref="CommandFailure">The version is not there, or the agent refused.</exception>
    public static async Task<StoreChange> RunAsync(
        CommandContext context, ParseResult parsed, PluginPlace place, string id, string version, string? before, List<string> done, CancellationToken cancellation)
    {
        PluginPlace.Attempt(() => place.Store.Use(id, version));
        done.Add(before == version ? $"{id} {version} is the active version, as it was." : $"{id} {version} is the active version{(before is null ? "" : $"; it was {before}")}.");
        if (place.EntryOf(id) is not { } entry)
        {
            done.Add(place.HasFile
                ? $"{place.Configuration.File} does not name it: add `- id: {id}` to its plugins, then `calico reload`."
                : $"There is no {place.Configuration.File}: an agent loads it where its configuration has `- id: {id}` among its plugins.");
        }
        else if (PinnedElsewhere(place, entry, version) is { } pinned)
        {
            done.Add(pinned);
        }
        else
        {
            try
            {
                done.AddRange(await AgentReload.AskAsync(context, parsed, place.Configuration, cancellation));
            }
            catch (CommandFailure refused)
            {
                PluginPlace.Attempt(() => place.Store.Use(id, before));
                throw new CommandFailure(refused.ExitCode, $"{refused.Message}\n{(before is null ? $"{id} has no active version, as before" : $"{id} {before} is the active version again")}; {version} stays installed.");
            }
        }

        return new StoreChange(id, version, before, done);
    }

    public static Rows View(StoreChange change) => new(change.Done.Select(sentence => new Text(sentence)));

    private static string? PinnedElsewhere(PluginPlace place, PluginConfiguration entry, string version) =>
        entry.Id is not null && (entry.Version is null || entry.Version == version) ? null
        : entry.Id is null && place.VersionOf(entry) == version ? null
        : $"{entry.Position.File}:{entry.Position.Line} names {entry.Name}, so the agent goes on with that one.";
}
