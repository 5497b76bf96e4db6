using System.Threading.Channels;
using Calico.Core.Net;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <content>The one writer: whoever wants something written puts it into its queue.</content>
public sealed partial class Dataplane
{
    private const int LongestBatch = 40; // ms

    private readonly Channel<object> _work = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Has the writer do something between two of its own errands, and waits for it.</summary>
    private Task OnWriterAsync(Action action)
    {
        var errand = new WriterErrand(action);
        if (!_work.Writer.TryWrite(errand))
        {
            errand.Abandon();
        }

        return errand.Done;
    }

    /// <summary>Everything as the kernel and the store have it now: at the start, and when events were lost.</summary>
    private void TakeInventory(bool isFirst)
    {
        _routes!.ReadHostAddresses();
        var links = _netlink!.GetLinks();
        var present = links.Select(link => link.Index).ToHashSet();
        if (isFirst)
        {
            _routes.Begin(present);
        }

        foreach (var gone in _interfaces!.All.Where(known => !present.Contains(known.Link.Index)).ToList())
        {
            _interfaces.Removed(gone.Link.Index, isGone: true);
        }

        foreach (var link in links)
        {
            _interfaces.Changed(link, _generation!);
        }

        _routes.Update(_resources.Current, isFirst);
    }

    /// <summary>The one writer.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        var sources = new[]
        {
            Task.Run(async () =>
            {
                await foreach (var batch in _resources.FeedFor().WatchAsync(stop))
                {
                    _work.Writer.TryWrite(batch);
                }
            }, stop),
            Task.Run(async () =>
            {
                await foreach (var change in _monitor!.Events.ReadAllAsync(stop))
                {
                    _work.Writer.TryWrite(change);
                }
            }, stop),
        };
        try
        {
            while (await _work.Reader.WaitToReadAsync(stop))
            {
                Handle(_work.Reader);
            }
        }
        finally
        {
            _work.Writer.TryComplete();
            while (_work.Reader.TryRead(out var left))
            {
                (left as WriterErrand)?.Abandon();
            }

            await Task.WhenAll(sources).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    // What has come by now is one update of the routes: 500 interfaces at once are not 500 calculations. But the first of
    // them does not wait for the last: the kernel takes some 10 ms to attach each.
    private void Handle(ChannelReader<object> work)
    {
        var dirty = false;
        var began = Environment.TickCount64;
        while (Environment.TickCount64 - began < LongestBatch && work.TryRead(out var item))
        {
            try
            {
                dirty |= Handle(item);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                _logger.LogError("{Item} could not be handled: {Reason}", item, failure.Message);
            }
        }

        if (!dirty && _writerProblem is null)
        {
            return;
        }

        // One bad update must not end the only writer: the next event tries again, and until then the status says so.
        try
        {
            _routes!.Update(_resources.Current, isFirst: false);
            _writerProblem = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _writerProblem = $"The routes could not be brought up to date: {failure.Message}";
            _logger.LogError(failure, "The routes could not be brought up to date");
        }
    }

    private bool Handle(object item)
    {
        switch (item)
        {
            case ResourceBatch:
                return true;
            case LinkChanged { Link: var link }:
                // A link that went down took the kernel's routes along, even if it is up again by now.
                return (!link.Up && _routes!.InterfaceDown(link.Index)) | _interfaces!.Changed(link, _generation!);
            case LinkRemoved { Link: var link }:
                return _routes!.InterfaceGone(link.Index) | _interfaces!.Removed(link.Index, isGone: true);
            case WriterErrand errand:
                errand.Run();
                return false;
            case Overrun:
                TakeInventory(isFirst: false);
                return false;
            default:
                return _routes!.Handle((NetworkEvent)item);
        }
    }

    private sealed class WriterErrand(Action action)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Abandon() => _done.TrySetException(new ObjectDisposedException(nameof(Dataplane), "The dataplane is being stopped."));

        public void Run()
        {
            try
            {
                action();
                _done.TrySetResult();
            }
            catch (Exception failure)
            {
                _done.TrySetException(failure);
            }
        }
    }
}
