using Calico.Benchmarks.Machine;
using Calico.Core.Bpf;

namespace Calico.Benchmarks.TestRuns;

/// <summary>Runs a program in the kernel many times in one system call and tells the processor time of one round.</summary>
/// <remarks>The kernel's own figure is cut to whole nanoseconds, so it is not used.</remarks>
internal static class Runner
{
    private const int Redirect = 7;

    /// <param name="program">Restores its packet itself; see wrapper.bpf.c.sbn.</param>
    /// <param name="frame">The packet.</param>
    /// <param name="ifindex">Where it comes in: an interface of the calling thread's network namespace.</param>
    /// <param name="rounds">How often.</param>
    public static double NanosecondsPerRound(BpfProgram program, byte[] frame, int ifindex, int rounds)
    {
        var request = new TestRunRequest { Packet = frame, Repeat = rounds, Skb = new SkbContext { Ifindex = (uint)ifindex, IngressIfindex = (uint)ifindex } };
        var before = ThreadCpuClock.Nanoseconds;
        var result = program.TestRun(request);
        var spent = ThreadCpuClock.Nanoseconds - before;
        return result.ReturnValue == Redirect
            ? spent / rounds
            : throw new InvalidOperationException(
                $"Program '{program.Name}' did not forward the packet that is to be measured: its verdict was {result.ReturnValue}.");
    }
}
