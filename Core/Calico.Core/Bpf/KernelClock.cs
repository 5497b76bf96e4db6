using System.Runtime.InteropServices;

namespace Calico.Core.Bpf;

/// <summary>Reads the clocks that programs read: <c>bpf_jiffies64</c>, which costs them 1 ns, and <c>bpf_ktime_get_ns</c>, 33 ns in a VM.</summary>
public sealed class KernelClock : IDisposable
{
    private const int KtimeGetNs = 5;
    private const int Jiffies64 = 118;
    private const uint Sleepable = 16;

    // A syscall program runs when asked, without a packet; its context is the two numbers it writes.
    private readonly BpfProgram _program = BpfProgram.LoadInstructions("kernel_clock", ProgramType.Syscall,
    [
        Instructions.Move(6, 1),
        Instructions.Call(Jiffies64),
        Instructions.Store64(6, 0, 0),
        Instructions.Call(KtimeGetNs),
        Instructions.Store64(6, 8, 0),
        Instructions.MoveImmediate(0, 0),
        Instructions.Exit,
    ], flags: Sleepable);

    /// <summary>Both clocks at the same moment.</summary>
    public KernelTime Now()
    {
        TestRunResult result = _program.TestRun(new TestRunRequest { Context = new byte[2 * sizeof(ulong)] });
        return MemoryMarshal.Read<KernelTime>(result.Context.Span);
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();
}

/// <summary>A moment on the kernel's clocks.</summary>
/// <param name="Jiffies">Timer ticks; <see cref="KernelFeatures.JiffiesPerSecond"/> of them make a second.</param>
/// <param name="Nanoseconds">Monotonic time since boot, without suspension.</param>
public readonly record struct KernelTime(ulong Jiffies, ulong Nanoseconds);
