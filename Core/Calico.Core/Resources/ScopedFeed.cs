using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>A store's resources as one reader may see them.</summary>
internal sealed class ScopedFeed(ResourceStore store, ResourceScope scope) : IResourceFeed
{
    public IResourceSet Current => ScopedSet.Of(store.Snapshot, scope);

    public IAsyncEnumerable<ResourceBatch> WatchAsync(CancellationToken cancellationToken) => store.WatchAsync(scope, cancellationToken);
}
