namespace Calico.Lab;

/// <summary>The last lines that a process printed, and those who wait for one.</summary>
internal sealed class LineLog
{
    private const int Kept = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = [];
    private readonly List<(Predicate<string> Fits, TaskCompletionSource<string> Found)> _waiting = [];

    /// <summary>Takes a line; null is the end of a stream.</summary>
    internal void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            _waiting.RemoveAll(waiter => waiter.Fits(line) && waiter.Found.TrySetResult(line));
        }
    }

    internal IReadOnlyList<string> Snapshot()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    /// <summary>The first line that fits: at once if it was printed already, else when it is.</summary>
    internal Task<string> First(Predicate<string> fits)
    {
        lock (_lock)
        {
            if (_lines.FirstOrDefault(line => fits(line)) is { } printed)
            {
                return Task.FromResult(printed);
            }

            // Continuations must not run on the thread that reads the pipe.
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((fits, found));
            return found.Task;
        }
    }
}
