using Calico.Core.Bpf;

namespace Calico.Sdk.Testing;

/// <content>What a packet costs.</content>
public sealed partial class ChainUnderTest
{
    // Half of a wrapper's stack and more than any stage rewrites; what lies behind is not put back.
    private const int RestoredBytes = 192;

    /// <summary>
    /// Sends a packet very many times through the chain as it runs on a node (without the records of a traced chain), in
    /// one call into the kernel, and tells what one packet costs. Its flow is as it is now: send the packets of a
    /// handshake before, to measure an established connection.
    /// </summary>
    /// <remarks>
    /// Before each round the packet's first bytes and its mark are put back. A chain that makes the packet longer or
    /// shorter can't be measured so, nor can one at XDP. The first measurement of a chain compiles it once more.
    /// </remarks>
    /// <param name="packet">The packet.</param>
    /// <param name="rounds">How often, from 1; some 100,000 give a steady figure.</param>
    /// <param name="options">Where it comes through; null: as <see cref="Send(Packet)"/> does it.</param>
    /// <exception cref="NotSupportedException">The packet's hook is XDP.</exception>
    /// <exception cref="InvalidOperationException">The chain gave the packet another verdict after the last round than after the first.</exception>
    public Measurement Measure(Packet packet, int rounds = 100_000, SendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        options ??= new SendOptions();
        var (hook, through) = WayOf(packet, options);
        if (hook == Hooks.Xdp)
        {
            throw new NotSupportedException("What a packet costs at XDP can't be measured with a test run: its time has the kernel's own waits in it.");
        }

        var frame = packet.In(KernelChain.FrameAt(hook, through)).ToBytes();
        var entry = StartFailures.Explain(() => _kernel.Plain).Hooks[hook].Entry;
        var expected = RunOnce(entry, frame, through, options, 1).ReturnValue;
        using var wrapper = _kernel.LoadOwn("measure.bpf.c.sbn", new { Length = Math.Min(frame.Length, RestoredBytes), options.Mark, Verdict = expected });
        wrapper.Maps["frames"].Update(new byte[sizeof(uint)], frame.AsSpan(0, Math.Min(frame.Length, RestoredBytes)).ToArray());
        var run = wrapper.Programs["run"];
        var floor = Time(wrapper, wrapper.Programs["empty"]);
        return new Measurement(Math.Max(0, Time(wrapper, entry) - floor), rounds);

        double Time(LoadedObject around, BpfProgram inner)
        {
            around.Maps["target"].Update(0, inner);
            RunOnce(run, frame, through, options, Math.Min(rounds, 1000));
            return _kernel.Node.Thread.Run(() =>
            {
                var before = ThreadTime.Nanoseconds;
                var result = run.TestRun(Request(frame, through, options, rounds));
                var spent = ThreadTime.Nanoseconds - before;
                return result.ReturnValue == expected ? spent / rounds : throw new InvalidOperationException(
                    $"The packet got the kernel's verdict {expected} at first, and {result.ReturnValue} after {rounds} rounds: {packet}. A packet whose fate changes, or whose size the chain changes, can't be measured.");
            });
        }
    }

    private TestRunResult RunOnce(BpfProgram program, byte[] frame, TestInterface through, SendOptions options, int rounds) =>
        _kernel.Node.Thread.Run(() => program.TestRun(Request(frame, through, options, rounds)));

    private static TestRunRequest Request(byte[] frame, TestInterface through, SendOptions options, int rounds) => new()
    {
        Packet = frame,
        Repeat = rounds,
        Skb = new SkbContext { Ifindex = through.Ifindex, Mark = options.Mark, GsoSize = options.SegmentSize, GsoSegments = options.Segments },
    };
}
