namespace Calico.Sdk.Resources;

/// <summary>Where resources come from: a folder of files, etcd, the Kubernetes API.</summary>
/// <remarks>
/// <para>A source divides what it has into origins, each the smallest thing that changes as a whole: a file, an etcd key, a Kubernetes
/// object. It knows nothing of kinds: what its documents mean is for the plugins that bring the kinds.</para>
/// <para>A plugin adds one with <see cref="IPluginBuilder.ResourceSource{TSource}"/>. It is a singleton of the plugin's container; it
/// is read on a loop of its own, by one reader at a time. When the plugin is taken away, the enumeration is cancelled and all that
/// the source gave is taken out of force; when the plugin is reloaded or the agent stops, it stays, and the first snapshot of the
/// next reading replaces it.</para>
/// </remarks>
public interface IResourceSource
{
    /// <summary>
    /// Reads everything, then follows changes until it is cancelled. The first batch is a snapshot; a later batch may be one too, when
    /// changes may have been missed. If the enumeration ends or throws, it is started anew after a pause, and what the source gave
    /// stays in force until the new snapshot comes.
    /// </summary>
    /// <param name="cancellationToken">The plugin is being unloaded, or the agent stops.</param>
    /// <returns>The batches. Until the first one has come, no reconciler runs: "not read yet" is never taken for "gone".</returns>
    IAsyncEnumerable<SourceBatch> ReadAsync(CancellationToken cancellationToken);
}
