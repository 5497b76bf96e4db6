using System.Diagnostics;

namespace Calico.Agent.Demo.Checks;

/// <summary>Looks again and again for what comes a little after its cause.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>What was seen when it was as wanted, or last before patience ended.</summary>
    public static async Task<T> ForAsync<T>(Func<Task<T>> look, Predicate<T> isWanted, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T seen = await look();
            if (isWanted(seen) || Stopwatch.GetElapsedTime(start) > s_limit)
            {
                return seen;
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }
}
