using Calico.Benchmarks.Networks;

namespace Calico.Benchmarks.TestRuns;

/// <summary>Opens many TCP connections through the chain itself, as their ends would.</summary>
internal sealed class Connections : IDisposable
{
    private readonly Wrapper _forth;
    private readonly Wrapper _back;
    private readonly byte[] _synAck;
    private readonly byte[] _ack;
    private readonly int _serverIfindex;

    public Connections(Bench bench)
    {
        var (client, server) = bench.Ends(4, remote: false);
        var (a, b) = (bench.Network.A, bench.Network.B);
        ClientIfindex = bench.Tables.Index(a.HostInterface);
        _serverIfindex = bench.Tables.Index(b.HostInterface);
        _forth = Wrapper.Around(bench.Plain, 4, Flows.Next, remote: false);
        _back = Wrapper.Around(bench.Plain, 4, Flows.Next, remote: false, fromServer: true);
        Syn = Frames.TcpSegment(a.Mac, Addresses.HostSide, client, server, 1, 1, TcpFlags.Syn);
        _synAck = Frames.TcpSegment(b.Mac, Addresses.HostSide, server, client, 1, 1, TcpFlags.Syn | TcpFlags.Ack);
        _ack = Frames.TcpSegment(a.Mac, Addresses.HostSide, client, server, 1, 1, TcpFlags.Ack);
    }

    public byte[] Syn { get; }

    public int ClientIfindex { get; }

    /// <summary>Opens as many, beginning with this flow's number; no more than the table of unanswered flows has room for.</summary>
    /// <returns>Nanoseconds of a SYN, a SYN/ACK and an ACK.</returns>
    public double[] Open(uint first, int count)
    {
        return
        [
            Pass(_forth, Syn, ClientIfindex),
            Pass(_back, _synAck, _serverIfindex),
            Pass(_forth, _ack, ClientIfindex),
        ];

        double Pass(Wrapper wrapper, byte[] frame, int ifindex)
        {
            wrapper.Turn(first);
            return Runner.NanosecondsPerRound(wrapper.Program, frame, ifindex, count);
        }
    }

    public void Dispose()
    {
        _forth.Dispose();
        _back.Dispose();
    }
}
