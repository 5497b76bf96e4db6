using System.Net;
using Calico.Benchmarks.Chains;
using Calico.Benchmarks.Networks;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;

namespace Calico.Benchmarks.TestRuns;

/// <summary>What the rows of a suite measure on: a node, its tables, and the chains that were asked for.</summary>
internal sealed class Bench : IDisposable
{
    private const Hooks Measured = Hooks.WorkloadIngress | Hooks.HostEgress | Hooks.HostIngress;

    private readonly Dictionary<string, Generation> _generations = [];

    public Bench(BenchNetwork network)
    {
        Network = network;
        Maps = ChainBuilder.Maps();
        Tables = new NodeTables(network.Node1, Maps);
    }

    public BenchNetwork Network { get; }

    public MapSet Maps { get; }

    public NodeTables Tables { get; }

    /// <summary>The chain with the first-party plugins.</summary>
    public Generation Plain => Of("plain", null);

    public Generation With(IBenchPlugin extra) => Of(extra.Key, extra);

    /// <summary>Opens a TCP connection through the chain itself, as its two ends would: SYN, SYN/ACK, ACK.</summary>
    /// <returns>An established segment of the client.</returns>
    public byte[] Establish(int family, bool remote)
    {
        var a = Network.A;
        var (client, server) = Ends(family, remote);
        var first = Network.A.HostInterface;
        var back = remote ? BenchNode.Uplink : Network.B.HostInterface;
        var fromServer = remote ? Addresses.NodeMac(2) : Network.B.Mac;
        Pass(Hooks.WorkloadIngress, first, Frames.TcpSegment(a.Mac, Addresses.HostSide, client, server, 40_000, 80, TcpFlags.Syn));
        Pass(
            remote ? Hooks.HostIngress : Hooks.WorkloadIngress, back,
            Frames.TcpSegment(fromServer, remote ? Addresses.NodeMac(1) : Addresses.HostSide, server, client, 80, 40_000, TcpFlags.Syn | TcpFlags.Ack));
        var segment = Frames.TcpSegment(a.Mac, Addresses.HostSide, client, server, 40_000, 80, TcpFlags.Ack);
        Pass(Hooks.WorkloadIngress, first, segment);
        return segment;
    }

    public (IPAddress Client, IPAddress Server) Ends(int family, bool remote)
    {
        var server = remote ? Network.C : Network.B;
        return family == 4 ? (Network.A.Address4, server.Address4) : (Network.A.Address6, server.Address6);
    }

    public void Dispose()
    {
        foreach (var generation in _generations.Values)
        {
            generation.Dispose();
        }

        Maps.Dispose();
    }

    /// <summary>The names of the reasons for which the chains have dropped so far; for errors.</summary>
    public string Drops()
    {
        var names = Plain.Plan.DropReasons.ToDictionary(reason => reason.Number, reason => reason.Name);
        var seen = new PerCpuMap<DropKey, PacketCount>(Maps["drops"]).Entries()
            .Select(entry => $"{names.GetValueOrDefault(entry.Key.Reason, "?")} ({entry.Value.Sum(count => (long)count.Packets)})");
        return string.Join(", ", seen);
    }

    private void Pass(Hooks hook, string link, byte[] frame)
    {
        try
        {
            Runner.NanosecondsPerRound(Plain.Hooks[hook].Entry, frame, Tables.Index(link), rounds: 1);
        }
        catch (InvalidOperationException refused)
        {
            throw new InvalidOperationException($"{refused.Message} Hook {hook}, dropped so far: {Drops()}.", refused);
        }
    }

    private Generation Of(string name, IBenchPlugin? extra)
    {
        if (!_generations.TryGetValue(name, out var generation))
        {
            generation = ChainBuilder.Load(Maps, Measured, extra);
            _generations.Add(name, generation);
        }

        return generation;
    }
}
