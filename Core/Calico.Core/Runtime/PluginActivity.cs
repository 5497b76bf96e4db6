using Calico.Core.Plugins;
using Calico.Core.Resources;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <summary>
/// What the plugins in force do beside the chain: the store knows their kinds and reads their sources, and their reconcilers and
/// services run.
/// </summary>
/// <remarks>
/// For a new set of plugins, in this order: stop those that go, <see cref="Use"/>, <see cref="StartAsync"/>. What runs already
/// is not started twice, so a set may hold plugins of the last one. Called by one thread at a time.
/// </remarks>
internal sealed class PluginActivity(ResourceStore store, ILogger log)
{
    /// <summary>How long a start waits for the reconcilers' first round.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private HashSet<string> _sources = [];

    /// <summary>
    /// Makes the kinds of these plugins those that the store knows, and begins to read their sources. What the sources of plugins
    /// that are gone gave is taken out of force; a plugin in another version keeps its own until it has read anew.
    /// </summary>
    public void Use(PluginSet plugins)
    {
        HashSet<string> wanted = [.. plugins.Plugins.SelectMany(plugin => plugin.Work.SourceNames)];
        store.UseKinds(CalicoKinds.All.Concat(plugins.Plugins.SelectMany(plugin => plugin.Kinds)), wanted.Except(_sources));
        foreach (var gone in _sources.Except(wanted))
        {
            store.RemoveSource(gone);
        }

        _sources = wanted;
        foreach (var plugin in plugins.Plugins)
        {
            plugin.Work.StartSources(store);
        }
    }

    /// <summary>
    /// Starts reconcilers and services; the plugins' maps must exist. Waits for every source to be read once: until then nobody
    /// knows what is wanted, and what an earlier agent left stays. Then returns when every reconciler has had its first round,
    /// or patience is at its end: one that hangs keeps nobody waiting longer.
    /// </summary>
    public async Task StartAsync(PluginSet plugins, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(store.WhenSynced, Task.Delay(Patience, cancellationToken)) != store.WhenSynced)
        {
            cancellationToken.ThrowIfCancellationRequested();
            log.LogWarning(
                "Waiting for resources from {Sources}, which could not be read yet. What is in force stays; correct the source, or take its plugin out of the configuration. {Problems}",
                string.Join(", ", store.Unread), string.Join(' ', Problems(plugins)));
        }

        await Task.WhenAll(plugins.Plugins.Select(plugin => plugin.Work.StartAsync(Patience, cancellationToken)));
    }

    /// <summary>What is wrong now, a sentence each.</summary>
    public static IEnumerable<string> Problems(PluginSet plugins) => plugins.Plugins.SelectMany(plugin => plugin.Work.Problems);
}
