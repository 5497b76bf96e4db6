using System.Runtime.InteropServices;

namespace Calico.Benchmarks.Machine;

/// <summary>The processor time of the calling thread, in the kernel and outside: what others do meanwhile does not count.</summary>
internal static class ThreadCpuClock
{
    private const int ThreadCpuTime = 3;

    public static double Nanoseconds
    {
        get
        {
            if (clock_gettime(ThreadCpuTime, out var now) != 0)
            {
                throw new InvalidOperationException($"The kernel did not tell the thread's processor time (errno {Marshal.GetLastPInvokeError()}).");
            }

            return (now.Seconds * 1e9) + now.Nanoseconds;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int clock_gettime(int clock, out TimeSpec now);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
