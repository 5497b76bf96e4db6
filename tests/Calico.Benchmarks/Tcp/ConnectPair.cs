using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Networks;

namespace Calico.Benchmarks.Tcp;

/// <summary>A server that accepts and closes at once, and a client that connects and waits for the end.</summary>
internal sealed class ConnectPair : IDisposable
{
    private const int Port = 9;

    private readonly BenchWorkload _client;
    private readonly IPEndPoint _to;
    private readonly Socket _listener;
    private readonly Thread _server;

    public ConnectPair(BenchWorkload client, BenchWorkload server)
    {
        _client = client;
        _to = new IPEndPoint(server.Address4, Port);
        _listener = server.Namespace.Enter(() => EchoPair.Listening(server.Address4, Port));
        _server = new Thread(Serve) { IsBackground = true, Name = "accept" };
        _server.Start();
    }

    /// <summary>Microseconds for a connection from its first packet to the end that the server makes.</summary>
    public double Sample(int connections)
    {
        // A socket belongs to the namespace in which it was made; making it is none of what is measured.
        Socket[] sockets = [];
        _client.Namespace.Enter(() => sockets = [.. Enumerable.Range(0, connections).Select(_ => EchoPair.NewSocket())]);
        Span<byte> one = stackalloc byte[1];
        var start = Stopwatch.GetTimestamp();
        foreach (var socket in sockets)
        {
            socket.Connect(_to);
            socket.Receive(one);
        }

        var spent = Stopwatch.GetElapsedTime(start).TotalMicroseconds / connections;
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return spent;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _server.Join();
    }

    private void Serve()
    {
        MeasuringThread.Begin();
        try
        {
            while (true)
            {
                _listener.Accept().Dispose();
            }
        }
        catch (SocketException)
        {
            // The listener is closed: the measurement is over.
        }
        catch (ObjectDisposedException)
        {
            // The same, between two connections.
        }
    }
}
