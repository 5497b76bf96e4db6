using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Resources.Folder;

/// <summary>Tells that something happened in a folder. What happened is found by a scan: events are hints, and may be lost.</summary>
internal sealed partial class FolderWatcher(FolderOptions options, ILogger logger) : IDisposable
{
    // Beyond this the kernel's queue is close to its limit too, and all files are looked at.
    private const int MostTouched = 8192;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<string>? _touched = new(StringComparer.Ordinal);
    private FileSystemWatcher? _watcher;
    private FileStamp _watched;
    private bool _isReported;

    /// <summary>Whether events can be expected.</summary>
    public bool IsWatching => _watcher is not null;

    /// <summary>Watches the folder that is at the path now; another one may have taken its place, which the kernel does not tell.</summary>
    public void Follow()
    {
        bool exists = FileStamp.TryTake(options.Folder, followLinks: true, out FileStamp root, out _) && root.Type == FileType.Folder;
        bool isSame = exists && (root.Inode, root.DeviceMajor, root.DeviceMinor) == (_watched.Inode, _watched.DeviceMajor, _watched.DeviceMinor);
        if (_watcher is not null && isSame)
        {
            return;
        }

        StopWatching();
        if (exists)
        {
            _watched = root;
            StartWatching();
        }
    }

    /// <summary>The paths that events named since the last call; null if any file may have been.</summary>
    public IReadOnlySet<string>? TakeTouched()
    {
        lock (_gate)
        {
            HashSet<string>? touched = _touched;
            _touched = new HashSet<string>(StringComparer.Ordinal);
            return touched;
        }
    }

    /// <summary>Waits for an event and the quiet after it, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (!await EventWithin(longest, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        TimeSpan end = MonotonicTime.Now + options.LongestWait;
        while (MonotonicTime.Now < end && await EventWithin(options.Quiet, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    public void Dispose() => StopWatching();

    private async Task<bool> EventWithin(TimeSpan time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        try
        {
            return await _signal.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void StartWatching()
    {
        try
        {
            _watcher = new FileSystemWatcher(options.Folder)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
            };
            _watcher.Created += (_, happened) => Touch(happened.Name);
            _watcher.Changed += (_, happened) => Touch(happened.Name);
            _watcher.Deleted += (_, happened) => Touch(happened.Name);
            _watcher.Renamed += (_, happened) => Touch(happened.Name);
            _watcher.Error += (_, _) => TouchAll();
            _watcher.EnableRaisingEvents = true;
            _isReported = false;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            StopWatching();
            if (!_isReported)
            {
                _isReported = true;
                LogNotWatched(options.Folder, error.Message, options.Poll.TotalSeconds);
            }
        }
    }

    private void StopWatching()
    {
        _watcher?.Dispose();
        _watcher = null;
        _watched = default;
    }

    private void Touch(string? name)
    {
        lock (_gate)
        {
            if (name is null || _touched is null || _touched.Count >= MostTouched)
            {
                _touched = null;
            }
            else
            {
                _touched.Add(Path.Combine(options.Folder, name));
            }
        }

        _signal.Writer.TryWrite(true);
    }

    private void TouchAll()
    {
        lock (_gate)
        {
            _touched = null;
        }

        _signal.Writer.TryWrite(true);
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning,
        Message = "The folder {Folder} cannot be watched ({Reason}); it is looked at every {Seconds} s. If watches ran out, raise fs.inotify.max_user_instances and fs.inotify.max_user_watches.")]
    private partial void LogNotWatched(string folder, string reason, double seconds);
}
