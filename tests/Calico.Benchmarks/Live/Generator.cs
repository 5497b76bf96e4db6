using System.Globalization;
using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Networks;
using Calico.Core.Bpf;
using Calico.Core.Net;

namespace Calico.Benchmarks.Live;

/// <summary>Sends packets from inside the kernel out of a workload's device (generator.bpf.c.sbn).</summary>
internal sealed class Generator : IDisposable
{
    private readonly LoadedObject _loaded;
    private readonly byte[] _frame;

    /// <param name="frame">What every packet is.</param>
    /// <param name="newFlows">Each packet has ports of its own.</param>
    public Generator(byte[] frame, bool newFlows = false)
    {
        _frame = frame;
        var padded = new byte[(frame.Length + 7) / 8 * 8];
        frame.CopyTo(padded, 0);
        var words = Enumerable.Range(0, padded.Length / 8)
            .Select(word => string.Create(CultureInfo.InvariantCulture, $"0x{BitConverter.ToUInt64(padded, word * 8):x}ULL"));
        _loaded = ChainBuilder.LoadOwn("generator.bpf.c.sbn", new { frame.Length, Words = string.Join(", ", words), NewFlows = newFlows });
    }

    /// <summary>Sends from this workload.</summary>
    /// <returns>Nanoseconds for each packet, by the kernel's own clock: until the receiver has dropped it.</returns>
    public double Send(BenchWorkload from, int packets) => from.Namespace.Enter(() =>
    {
        MeasuringThread.Begin();
        using var netlink = new RtNetlink();
        var request = new TestRunRequest
        {
            Packet = _frame,
            Repeat = packets,
            Modes = TestRunModes.LiveFrames,
            Xdp = new XdpContext { IngressIfindex = (uint)netlink.GetLink("eth0")!.Index },
        };
        return (double)_loaded.Programs["generate"].TestRun(request).DurationNanoseconds;
    });

    public void Dispose() => _loaded.Dispose();
}
