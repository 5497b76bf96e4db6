namespace Calico.Sdk.Resources;

/// <summary>The resources in force at one moment. It does not change; a later moment has another one.</summary>
public interface IResourceSet
{
    /// <summary>How many resources there are, of all kinds.</summary>
    int Count { get; }

    /// <summary>The resource of this key and type; null if there is none.</summary>
    /// <typeparam name="T">The type of the kind's objects.</typeparam>
    /// <param name="key">The resource.</param>
    /// <returns>The resource, or null.</returns>
    T? Get<T>(ResourceKey key)
        where T : class, IResource;

    /// <summary>The resources of one kind, in no particular order.</summary>
    /// <typeparam name="T">The type of the kind's objects.</typeparam>
    /// <returns>The resources.</returns>
    IEnumerable<T> All<T>()
        where T : class, IResource;
}

/// <summary>What a reconciler reads: the resources in force, and their changes.</summary>
/// <remarks>Safe for use from any thread.</remarks>
public interface IResourceFeed
{
    /// <summary>The resources in force now.</summary>
    IResourceSet Current { get; }

    /// <summary>
    /// Follows the resources. The first batch comes when all sources have been read once and holds everything, so that a reconciler
    /// never takes "not read yet" for "gone". A reader that is slower than the changes gets them merged: one change for a resource,
    /// from the version it saw last to the version in force.
    /// </summary>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <returns>The batches.</returns>
    IAsyncEnumerable<ResourceBatch> WatchAsync(CancellationToken cancellationToken);
}
