using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Core.Resources;

/// <summary>
/// The desired state: what is in force, what is refused and why, and who wants to hear of changes. Sources feed it, reconcilers follow it.
/// </summary>
/// <remarks>
/// A refused document never takes a resource out of force: the last good version stays until the document is good again or gone.
/// Two documents for one resource: the one that came first keeps it, the other is refused until the first is gone.
/// </remarks>
public sealed partial class ResourceStore : IResourceFeed
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly ILogger<ResourceStore> _logger;
    private readonly ImmutableArray<IResourceSource> _sources;
    private readonly HashSet<string> _unread;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ResourceSubscription> _subscriptions = [];
    private readonly DesiredState _state;
    private volatile ResourceSnapshot _snapshot = new(
        0, ImmutableDictionary<ResourceKey, HeldResource>.Empty, ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>>.Empty);

    /// <param name="kinds">The kinds that are known at first.</param>
    /// <param name="sources">Where resources come from, with different names.</param>
    /// <param name="logger">Told of every refused document once.</param>
    public ResourceStore(IEnumerable<ResourceKind> kinds, IEnumerable<IResourceSource> sources, ILogger<ResourceStore>? logger = null)
    {
        _state = new DesiredState(new ResourceKinds(kinds));
        _sources = [.. sources];
        _unread = [.. _sources.Select(source => source.Name)];
        _logger = logger ?? NullLogger<ResourceStore>.Instance;
        if (_unread.Count != _sources.Length)
        {
            throw new ArgumentException("Two resource sources have the same name.", nameof(sources));
        }

        CompleteIfSynced();
    }

    /// <inheritdoc/>
    public IResourceSet Current => _snapshot;

    /// <summary>What is held and refused now.</summary>
    public ResourceSnapshot Snapshot => _snapshot;

    /// <summary>Completes when every source has been read once.</summary>
    public Task WhenSynced => _synced.Task;

    /// <summary>Follows all sources until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_sources.Select(source => FollowAsync(source, cancellationToken)));

    /// <summary>Takes a batch in.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="batch">What it found new.</param>
    /// <returns>What is held and refused afterwards.</returns>
    public ResourceSnapshot Apply(string source, SourceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            Publish(_state.Apply(source, batch));
            _unread.Remove(source);
            CompleteIfSynced();
            return _snapshot;
        }
    }

    /// <summary>Replaces the known kinds, when plugins come or go, and reads all documents again.</summary>
    /// <param name="kinds">All kinds that are known from now on.</param>
    public void UseKinds(IEnumerable<ResourceKind> kinds)
    {
        var known = new ResourceKinds(kinds);
        lock (_gate)
        {
            Publish(_state.UseKinds(known));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResourceBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await WhenSynced.WaitAsync(cancellationToken).ConfigureAwait(false);
        var subscription = new ResourceSubscription();
        ResourceSnapshot first;
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            first = _snapshot;
        }

        try
        {
            ResourceChange[] all = [.. first.Held.Select(held => new ResourceChange(held.Key, null, held.Resource))];
            yield return new ResourceBatch(first.Version, IsInitial: true, all, first);
            while (true)
            {
                if (await subscription.TakeAsync(cancellationToken).ConfigureAwait(false) is { } batch)
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _subscriptions.Remove(subscription);
            }
        }
    }

    private async Task FollowAsync(IResourceSource source, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (SourceBatch batch in source.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    Apply(source.Name, batch);
                }

                LogSourceEnded(source.Name);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // One failing source must not end the others, nor the agent; what it gave stays in force.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogSourceFailed(error, source.Name);
            }

            await Task.Delay(PauseAfterFailure, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Publish(StateChange change)
    {
        if (!change.IsAny)
        {
            return;
        }

        foreach (RefusedDocument refused in change.NewlyRefused)
        {
            LogRefused(refused.Key?.ToString() ?? "a document", string.Join("; ", refused.Problems), refused.IsLastGoodInForce ? " The last good version stays in force." : "");
        }

        _snapshot = new ResourceSnapshot(_snapshot.Version + 1, change.Held, change.Refused);
        if (change.Changes.Count > 0)
        {
            foreach (ResourceSubscription subscription in _subscriptions)
            {
                subscription.Add(change.Changes, _snapshot);
            }
        }
    }

    private void CompleteIfSynced()
    {
        if (_unread.Count == 0)
        {
            _synced.TrySetResult();
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Refused {Resource}: {Problems}.{Consequence}")]
    private partial void LogRefused(string resource, string problems, string consequence);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "The resource source '{Source}' failed; what it gave stays in force, and it is read anew.")]
    private partial void LogSourceFailed(Exception error, string source);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "The resource source '{Source}' ended; what it gave stays in force, and it is read anew.")]
    private partial void LogSourceEnded(string source);
}
