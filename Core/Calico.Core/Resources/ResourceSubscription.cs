using System.Threading.Channels;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>The changes that one reader has not taken yet, merged so that a slow reader costs memory for resources, not for time.</summary>
internal sealed class ResourceSubscription
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKey, ResourceChange> _pending = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ResourceSnapshot? _latest;

    public void Add(IEnumerable<ResourceChange> changes, ResourceSnapshot after)
    {
        lock (_gate)
        {
            foreach (ResourceChange change in changes)
            {
                IResource? old = _pending.TryGetValue(change.Key, out ResourceChange? earlier) ? earlier.Old : change.Old;
                if (old is null && change.New is null)
                {
                    _pending.Remove(change.Key); // came and went unseen
                }
                else
                {
                    _pending[change.Key] = new ResourceChange(change.Key, old, change.New);
                }
            }

            _latest = after;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for changes and takes them; null when they cancelled each other out.</summary>
    public async ValueTask<ResourceBatch?> TakeAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_pending.Count == 0 || _latest is null)
            {
                return null;
            }

            ResourceChange[] changes = [.. _pending.Values];
            _pending.Clear();
            return new ResourceBatch(_latest.Version, IsInitial: false, changes, _latest);
        }
    }
}
