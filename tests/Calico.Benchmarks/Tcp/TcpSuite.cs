using System.Runtime.ExceptionServices;
using Calico.Benchmarks.Contenders;
using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.Tcp;

/// <summary><c>tcp/…</c>: what processes see, on real sockets in two workloads, both ends on one processor.</summary>
internal sealed class TcpSuite : Suite
{
    private const string RequestResponse = "tcp/request-response-local";
    private const string RequestResponseCross = "tcp/request-response-cross";
    private const string Connect = "tcp/connect-local";
    private const int SamplesInAPass = 20;
    private const int Rounds = 200;
    private const int Connections = 25;

    public override IReadOnlyList<string> Ids => [RequestResponse, RequestResponseCross, Connect];

    public override IEnumerable<Row> Run(Predicate<string> wanted, int passes, Action<string> progress)
    {
        progress("building the networks and the chains of tcp/…");
        var networks = new List<IContenderNetwork>();
        try
        {
            networks.AddRange(ContenderNetworks.All("tcp"));
            return [.. Ids.Where(id => wanted(id)).Select(id =>
            {
                progress(id);
                return OnAThreadOfItsOwn(() => Measure(id, passes, networks));
            })];
        }
        finally
        {
            networks.ForEach(network => network.Dispose());
        }
    }

    private static Row Measure(string id, int passes, List<IContenderNetwork> networks)
    {
        MeasuringThread.Begin();
        List<IDisposable> pairs = [];
        try
        {
            var samples = Interleaved.Measure(passes * SamplesInAPass, [.. networks.Select(network =>
            {
                var (client, server) = (network.Network.A, id == RequestResponseCross ? network.Network.C : network.Network.B);
                if (id == Connect)
                {
                    var connecting = new ConnectPair(client, server);
                    pairs.Add(connecting);
                    return new Contender(network.Name, () => connecting.Sample(Connections));
                }

                var echoing = new EchoPair(client, server);
                pairs.Add(echoing);
                return new Contender(network.Name, () => echoing.Sample(Rounds));
            })]);
            return Row.Plain(id, "µs", samples, Rivals.Ours, Rivals.Redirect, [.. networks.Skip(1).Select(network => network.Name)]);
        }
        finally
        {
            pairs.ForEach(pair => pair.Dispose());
        }
    }

    // It is kept on one processor and before everybody else: not a thread that others use later.
    private static T OnAThreadOfItsOwn<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // thrown again by whoever waits
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
