using System.Threading.Channels;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>The changes that one reader has not taken yet, merged so that a slow reader costs memory for resources, not for time.</summary>
/// <remarks>Begun and added to under the store's lock.</remarks>
internal sealed class ResourceSubscription(ResourceScope scope)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKey, ResourceChange> _pending = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ScopedSet? _set;
    private long _version;

    /// <summary>What the reader begins with.</summary>
    public ResourceBatch Begin(ResourceSnapshot first)
    {
        ScopedSet set = ScopedSet.Of(first, scope);
        _set = set;
        return new ResourceBatch(first.Version, IsInitial: true, set.AsChanges(), set);
    }

    public void Add(IEnumerable<ResourceChange> changes, long version)
    {
        ResourceChange[] seen = [.. changes.Select(scope.Of).OfType<ResourceChange>()];
        if (seen.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (ResourceChange change in seen)
            {
                ResourceChanges.Merge(_pending, change);
            }

            _set = _set!.With(seen);
            _version = version;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for changes and takes them; null when they cancelled each other out.</summary>
    public async ValueTask<ResourceBatch?> TakeAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                return null;
            }

            ResourceChange[] changes = [.. _pending.Values];
            _pending.Clear();
            return new ResourceBatch(_version, IsInitial: false, changes, _set!);
        }
    }
}
