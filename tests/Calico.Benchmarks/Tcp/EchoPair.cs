using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Networks;

namespace Calico.Benchmarks.Tcp;

/// <summary>A server in one workload that sends back what it gets, and a client in another: real sockets, one byte each way.</summary>
internal sealed class EchoPair : IDisposable
{
    private const int Port = 7;

    private readonly Socket _listener;
    private readonly Socket _client;
    private readonly Thread _server;

    public EchoPair(BenchWorkload client, BenchWorkload server)
    {
        _listener = server.Namespace.Enter(() => Listening(server.Address4, Port));
        _client = client.Namespace.Enter(NewSocket);
        _server = new Thread(Serve) { IsBackground = true, Name = "echo" };
        _server.Start();
        _client.Connect(server.Address4, Port);
    }

    /// <summary>Microseconds for one byte there and one back.</summary>
    public double Sample(int rounds)
    {
        Span<byte> one = stackalloc byte[1];
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds; round++)
        {
            _client.Send(one);
            if (_client.Receive(one) != 1)
            {
                throw new InvalidOperationException("The echo server closed the connection while it was measured.");
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / rounds;
    }

    public void Dispose()
    {
        _client.Dispose();
        _listener.Dispose();
        _server.Join();
    }

    internal static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    internal static Socket Listening(IPAddress address, int port)
    {
        var socket = NewSocket();
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen(128);
        return socket;
    }

    private void Serve()
    {
        MeasuringThread.Begin();
        using var connection = _listener.Accept();
        connection.NoDelay = true;
        Span<byte> one = stackalloc byte[1];
        while (connection.Receive(one) == 1)
        {
            connection.Send(one);
        }
    }
}
