using System.Runtime.InteropServices;

namespace Calico.Benchmarks.Machine;

/// <summary>Makes the calling thread one that measures: on one processor, and before everybody else there.</summary>
internal static class MeasuringThread
{
    private const int Fifo = 1;

    /// <summary>The last processor: the first takes most of a machine's interrupts.</summary>
    public static int Processor { get; } = Environment.ProcessorCount - 1;

    /// <summary>
    /// Between two processors one measures the hypervisor's wake-ups, so all ends share one. Real-time priority keeps
    /// other processes out of a sample; where the machine forbids it, the best samples are those that met nobody.
    /// </summary>
    public static void Begin()
    {
        // 1,024 processors, as glibc's cpu_set_t.
        var mask = new ulong[16];
        mask[Processor / 64] = 1UL << (Processor % 64);
        if (sched_setaffinity(0, mask.Length * sizeof(ulong), mask) != 0)
        {
            throw new InvalidOperationException($"The thread could not be kept on processor {Processor} (errno {Marshal.GetLastPInvokeError()}).");
        }

        var priority = 1;
        _ = sched_setscheduler(0, Fifo, ref priority);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int sched_setaffinity(int thread, nint size, ulong[] mask);

    [DllImport("libc", SetLastError = true)]
    private static extern int sched_setscheduler(int thread, int policy, ref int priority);
}
