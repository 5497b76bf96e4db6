using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <content>What plugins add to the store: kinds, sources, readers.</content>
public sealed partial class ResourceStore
{
    private TaskCompletionSource? _kindsExpected;

    /// <summary>
    /// Reads no source before <see cref="UseKinds"/>: for an owner that learns the kinds later, when plugins are loaded, and does
    /// not want their documents refused until then. To be called before <see cref="RunAsync"/>.
    /// </summary>
    public void ExpectKinds()
    {
        lock (_gate)
        {
            _kindsExpected ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_synced.Task.IsCompleted)
            {
                _synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Replaces the known kinds, when plugins come or go, and reads all documents again.</summary>
    /// <param name="kinds">All kinds that are known from now on. Objects of others are let go.</param>
    /// <param name="newSources">Names of sources that somebody else reads and gives to <see cref="Apply"/>: the store is not synced without them.</param>
    /// <exception cref="ArgumentException">Two kinds have the same name in the same API version; nothing has changed.</exception>
    public void UseKinds(IEnumerable<ResourceKind> kinds, params IEnumerable<string> newSources)
    {
        var known = new ResourceKinds(kinds);
        lock (_gate)
        {
            _unread.UnionWith(newSources);
            Publish(_state.UseKinds(known));
            _kindsExpected?.TrySetResult();
            CompleteIfSynced();
        }
    }

    /// <summary>Forgets a source and takes what it gave out of force.</summary>
    /// <param name="source">Its name, as given to <see cref="Apply"/>.</param>
    public void RemoveSource(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        lock (_gate)
        {
            Publish(_state.Apply(source, new SourceBatch(IsSnapshot: true, [])));
            _unread.Remove(source);
            CompleteIfSynced();
        }
    }

    /// <summary>Sources that have not been read yet.</summary>
    public IReadOnlyList<string> Unread
    {
        get
        {
            lock (_gate)
            {
                return [.. _unread.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The resources as a reader sees them who knows the shared kinds and its own.</summary>
    /// <param name="own">The types of its own kinds.</param>
    public IResourceFeed FeedFor(params IReadOnlyCollection<Type> own) => new ScopedFeed(this, new ResourceScope(own));
}
