namespace Calico.Core.Resources;

/// <summary>Where resources come from: a folder of files, and later etcd or the Kubernetes API.</summary>
/// <remarks>
/// A source divides what it has into origins, each the smallest thing that changes as a whole: a file, an etcd key, a Kubernetes object.
/// It knows nothing of kinds.
/// </remarks>
public interface IResourceSource
{
    /// <summary>A name for listings, unique in the store, such as <c>folder</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Reads everything, then follows changes. The first batch is a snapshot; a later batch may be one too, when changes may have been
    /// missed. If it ends or throws, the store starts it anew after a pause and keeps what it has until the new snapshot comes.
    /// </summary>
    IAsyncEnumerable<SourceBatch> ReadAsync(CancellationToken cancellationToken);
}
