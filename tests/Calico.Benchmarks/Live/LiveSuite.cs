using Calico.Benchmarks.Contenders;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.Live;

/// <summary>
/// <c>live/…</c>: 60-byte UDP packets on real interfaces, from the sender's device until a program at the receiver drops
/// them, all on one processor. About 200 ns of each figure are the generator and the veths themselves.
/// </summary>
internal sealed class LiveSuite : Suite
{
    private const string Local = "live/established-udp4-local";
    private const string Cross = "live/established-udp4-cross";
    private const string NewLocal = "live/new-udp4-local";
    private const string NewCross = "live/new-udp4-cross";
    private const int SamplesInAPass = 15;
    private const int EstablishedPackets = 20_000;

    // Short samples: on a busy machine some of them meet nobody. All of them together stay below the number of connections that the kernel tracks by default.
    private const int NewPackets = 4_000;

    public override IReadOnlyList<string> Ids => [Local, Cross, NewLocal, NewCross];

    public override IEnumerable<Row> Run(Predicate<string> wanted, int passes, Action<string> progress)
    {
        progress("building the networks and the chains of live/…");
        var held = new Stack<IDisposable>();
        try
        {
            var contenders = Build(held);
            return [.. Ids.Where(id => wanted(id)).Select(id =>
            {
                progress(id);
                return Measure(id, passes, contenders);
            })];
        }
        finally
        {
            while (held.TryPop(out var last))
            {
                last.Dispose();
            }
        }
    }

    private static List<(IContenderNetwork Contender, Receivers Receivers)> Build(Stack<IDisposable> held)
    {
        List<(IContenderNetwork, Receivers)> contenders = [];
        foreach (var contender in ContenderNetworks.All("live"))
        {
            held.Push(contender);
            var receivers = new Receivers(contender.Network);
            held.Push(receivers);
            contenders.Add((contender, receivers));
        }

        return contenders;
    }

    private static Row Measure(string id, int passes, List<(IContenderNetwork Contender, Receivers Receivers)> contenders)
    {
        var cross = id is Cross or NewCross;
        var newFlows = id is NewLocal or NewCross;
        var packets = newFlows ? NewPackets : EstablishedPackets;
        var any = contenders[0].Contender.Network;
        var to = cross ? any.C : any.B;
        using var forth = new Generator(Frames.UdpDatagram(any.A.Mac, any.A.Address4, to.Address4, 4000, 5000), newFlows);
        using var back = new Generator(Frames.UdpDatagram(to.Mac, to.Address4, any.A.Address4, 5000, 4000));
        var samples = Interleaved.Measure(passes * SamplesInAPass, [.. contenders.Select(each =>
        {
            var (contender, receivers) = each;
            var network = contender.Network;
            if (!newFlows)
            {
                // A flow that nobody answers stays new, in connection tracking and in ours.
                receivers.Expect(1, contender.Name, () => forth.Send(network.A, 1));
                receivers.Expect(1, contender.Name, () => back.Send(cross ? network.C : network.B, 1));
            }

            return new Contender(contender.Name, () => receivers.Expect(packets, contender.Name, () => forth.Send(network.A, packets)));
        })]);
        return Row.Plain(id, "ns", samples, Rivals.Ours, Rivals.Redirect, [.. contenders.Skip(1).Select(each => each.Contender.Name)]);
    }
}
