using System.Diagnostics;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>Waits for what another process does in its own time.</summary>
internal static class Eventually
{
    // Generous: the machine may be busy with other tests. What takes this long is broken, not slow.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until it holds and returns how long that took; fails if it never does.</summary>
    public static TimeSpan True(Func<bool> holds, Func<string> orElse)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            if (clock.Elapsed > s_patience)
            {
                Assert.Fail($"Still not so after {s_patience.TotalSeconds} s: {orElse()}");
            }

            Thread.Sleep(5);
        }

        return clock.Elapsed;
    }

    public static TimeSpan True(Func<bool> holds, string orElse) => True(holds, () => orElse);
}
