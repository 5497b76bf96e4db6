using System.Runtime.InteropServices;

namespace Calico.Benchmarks.Machine;

/// <summary>Keeps the calling thread on one processor: what moves between two measures the hypervisor's wake-ups.</summary>
internal static class CpuPin
{
    /// <summary>The last processor: the first takes most of a machine's interrupts.</summary>
    public static int Chosen { get; } = Environment.ProcessorCount - 1;

    public static void ThisThread()
    {
        // 1,024 processors, as glibc's cpu_set_t.
        var mask = new ulong[16];
        mask[Chosen / 64] = 1UL << (Chosen % 64);
        if (sched_setaffinity(0, mask.Length * sizeof(ulong), mask) != 0)
        {
            throw new InvalidOperationException($"The thread could not be kept on processor {Chosen} (errno {Marshal.GetLastPInvokeError()}).");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int sched_setaffinity(int thread, nint size, ulong[] mask);
}
