using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Folder;

/// <summary>What a look at the folder brought.</summary>
/// <param name="Changes">What is new and certain.</param>
/// <param name="LookAgain">When to look again even without an event; null if nothing is in doubt.</param>
internal sealed record FolderStep(ImmutableArray<OriginChange> Changes, TimeSpan? LookAgain);

/// <summary>Turns scans of a folder into changes of files. Time is an argument, so that tests need not wait.</summary>
internal sealed class FolderTracker(FolderOptions options)
{
    private readonly Dictionary<string, TrackedFile> _files = new(StringComparer.Ordinal);

    /// <param name="scan">What is there.</param>
    /// <param name="touched">The paths that events named; null if some were lost, so that every file counts as named.</param>
    /// <param name="now">The time.</param>
    public FolderStep Advance(FolderScan scan, IReadOnlySet<string>? touched, TimeSpan now)
    {
        ImmutableArray<OriginChange>.Builder changes = ImmutableArray.CreateBuilder<OriginChange>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        TimeSpan? lookAgain = null;
        foreach (ScannedFile file in scan.Files)
        {
            present.Add(file.Path);
            if (!_files.TryGetValue(file.Path, out TrackedFile? tracked))
            {
                _files.Add(file.Path, tracked = new TrackedFile(file.Path));
            }

            if (tracked.Look(file, touched is null || touched.Contains(file.Path), now, options) is { } change)
            {
                changes.Add(change);
            }

            if (tracked.LookAgain(options) is { } time && (lookAgain is null || time < lookAgain))
            {
                lookAgain = time;
            }
        }

        foreach (string gone in _files.Keys.Where(path => !present.Contains(path) && !scan.MayHide(path)).Order(StringComparer.Ordinal).ToArray())
        {
            _files.Remove(gone);
            changes.Add(new OriginGone(gone));
        }

        return new FolderStep(changes.ToImmutable(), lookAgain);
    }
}
