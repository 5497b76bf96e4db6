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
    private readonly ImmutableArray<INamedResourceSource> _sources;
    private readonly HashSet<string> _unread;
    private TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ResourceSubscription> _subscriptions = [];
    private readonly DesiredState _state;
    private volatile ResourceSnapshot _snapshot = new(
        0, ImmutableDictionary<ResourceKey, HeldResource>.Empty, ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>>.Empty);

    /// <param name="kinds">The kinds that are known at first.</param>
    /// <param name="sources">Where resources come from, with different names.</param>
    /// <param name="logger">Told of every refused document once.</param>
    public ResourceStore(IEnumerable<ResourceKind> kinds, IEnumerable<INamedResourceSource> sources, ILogger<ResourceStore>? logger = null)
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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await (_kindsExpected?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_sources.Select(source => FollowAsync(source, cancellationToken))).ConfigureAwait(false);
    }

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

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceBatch> WatchAsync(CancellationToken cancellationToken) => WatchAsync(ResourceScope.Everything, cancellationToken);

    internal async IAsyncEnumerable<ResourceBatch> WatchAsync(ResourceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await WhenSynced.WaitAsync(cancellationToken).ConfigureAwait(false);
        var subscription = new ResourceSubscription(scope);
        ResourceBatch? next;
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            next = subscription.Begin(_snapshot);
        }

        try
        {
            while (true)
            {
                if (next is not null)
                {
                    yield return next;
                }

                next = await subscription.TakeAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task FollowAsync(INamedResourceSource source, CancellationToken cancellationToken)
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
                subscription.Add(change.Changes, _snapshot.Version);
            }
        }
    }

    private void CompleteIfSynced()
    {
        if (_unread.Count == 0 && _kindsExpected is not { Task.IsCompleted: false })
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
