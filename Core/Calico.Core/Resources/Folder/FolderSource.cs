using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Core.Resources.Folder;

/// <summary>Resources from the <c>*.yaml</c> and <c>*.yml</c> files of a folder and its sub-folders, followed while it changes.</summary>
/// <remarks>
/// A save is one batch. A file that makes no sense is given half a second, for it may be in the middle of being written; then it is
/// reported, and what it held before stays in force. If the folder itself goes away nothing is removed: an unmounted disk is not a wish.
/// </remarks>
public sealed class FolderSource(FolderOptions options, ILogger<FolderSource>? logger = null) : INamedResourceSource
{
    /// <inheritdoc/>
    public string Name => "folder";

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = new FolderWatcher(options, logger ?? NullLogger<FolderSource>.Instance);
        var tracker = new FolderTracker(options);
        bool isFirst = true;
        var unsent = ImmutableArray.CreateBuilder<OriginChange>();
        while (true)
        {
            // Watch first, then look: what changes in between is seen twice and not missed.
            watcher.Follow();
            IReadOnlySet<string>? touched = watcher.TakeTouched();
            FolderStep step = tracker.Advance(FolderScan.Take(options), touched, MonotonicTime.Now);
            unsent.AddRange(step.Changes);

            // The first batch claims to be everything, so it waits for files that are in doubt.
            bool isCertain = !isFirst || step.LookAgain is null;
            if (isCertain && (isFirst || unsent.Count > 0))
            {
                yield return new SourceBatch(isFirst, unsent.ToImmutable());
                unsent.Clear();
                isFirst = false;
            }

            await watcher.WaitAsync(TimeToNextLook(watcher, step), cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan TimeToNextLook(FolderWatcher watcher, FolderStep step)
    {
        TimeSpan time = watcher.IsWatching ? options.Resync : options.Poll;
        if (step.LookAgain is { } lookAgain)
        {
            TimeSpan untilCertain = lookAgain - MonotonicTime.Now;
            time = untilCertain < time ? untilCertain : time;
        }

        // A timer may fire a moment early; a look per millisecond is then the worst of it.
        return time > TimeSpan.FromMilliseconds(1) ? time : TimeSpan.FromMilliseconds(1);
    }
}
