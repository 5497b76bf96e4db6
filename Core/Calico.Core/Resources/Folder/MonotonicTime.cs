using System.Diagnostics;

namespace Calico.Core.Resources.Folder;

/// <summary>Time that only grows: a corrected clock must not leave a file in doubt for an hour.</summary>
internal static class MonotonicTime
{
    /// <summary>The time since some moment in the past.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
}
