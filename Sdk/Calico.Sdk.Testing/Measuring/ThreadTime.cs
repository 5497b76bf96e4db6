using System.Runtime.InteropServices;

namespace Calico.Sdk.Testing;

/// <summary>The processor time of the calling thread, in the kernel and outside: what others do meanwhile does not count.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    public static double Nanoseconds => clock_gettime(ThreadCpuTime, out var now) == 0
        ? (now.Seconds * 1e9) + now.Nanoseconds
        : throw new InvalidOperationException($"The kernel did not tell the thread's processor time (errno {Marshal.GetLastPInvokeError()}).");

    [DllImport("libc", SetLastError = true)]
    private static extern int clock_gettime(int clock, out TimeSpec now);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
