using Calico.Core.Resources;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>
/// Calls one reconciler: with everything, then with changes; after a failure with the same again, and what came meanwhile.
/// </summary>
internal sealed class ReconcilerLoop(WorkDeclaration work, IResourceFeed feed, WorkHealth health)
{
    private readonly TaskCompletionSource _firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first call is over, however it went.</summary>
    public Task FirstRound => _firstRound.Task;

    public async Task RunAsync(IServiceProvider services, CancellationToken stop)
    {
        IAsyncEnumerator<ResourceBatch> feeding = feed.WatchAsync(stop).GetAsyncEnumerator(stop);
        Task<bool> more = feeding.MoveNextAsync().AsTask();
        try
        {
            var backoff = new Backoff();
            ResourceBatch? unapplied = null;
            while (!stop.IsCancellationRequested)
            {
                if (unapplied is null || more.IsCompleted)
                {
                    await more;
                    unapplied = unapplied is null ? feeding.Current : ResourceChanges.Merge(unapplied, feeding.Current);
                    more = feeding.MoveNextAsync().AsTask();
                }

                if (await TryAsync(services, unapplied, stop))
                {
                    unapplied = null;
                    backoff.Reset();
                }
                else if (await Task.WhenAny(Task.Delay(backoff.Next(), stop), more) == more)
                {
                    // What is new may be what helps; but a stream of changes is not a stream of failures.
                    await Task.Delay(Backoff.First, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            _firstRound.TrySetResult();
            await more.ContinueWith(_ => { }, TaskScheduler.Default);
            await feeding.DisposeAsync();
        }
    }

    private async Task<bool> TryAsync(IServiceProvider services, ResourceBatch batch, CancellationToken stop)
    {
        try
        {
            await ((IReconciler)services.GetRequiredService(work.Type)).ReconcileAsync(batch, stop);
            health.Recovered();
            return true;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            health.Failed(ExceptionText.Line(failure), ExceptionText.Whole(failure));
            return false;
        }
        finally
        {
            _firstRound.TrySetResult();
        }
    }
}
