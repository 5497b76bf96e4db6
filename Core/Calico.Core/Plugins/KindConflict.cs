using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>Whether a plugin brings a kind of resource that somebody has brought already.</summary>
internal static class KindConflict
{
    /// <summary>What is wrong and what to do; null where nothing is.</summary>
    public static string? Explain(LoadedPlugin plugin, IReadOnlyList<LoadedPlugin> loaded)
    {
        foreach (ResourceKind kind in plugin.Kinds)
        {
            string what = $"Plugin '{plugin.Id}' brings the kind {kind.Kind} of {kind.ApiVersion}, which";
            if (CalicoKinds.All.Any(core => IsSame(core, kind)))
            {
                return $"{what} is a kind of the dataplane itself. Read it through IResourceFeed, or take an API version of the plugin's own.";
            }

            if (loaded.FirstOrDefault(other => other.Kinds.Any(known => IsSame(known, kind))) is { } owner)
            {
                return $"{what} plugin '{owner.Id}' has brought already. Use one of the two plugins, or rename the kind.";
            }
        }

        return null;
    }

    private static bool IsSame(ResourceKind one, ResourceKind other) => one.ApiVersion == other.ApiVersion && one.Kind == other.Kind;
}
