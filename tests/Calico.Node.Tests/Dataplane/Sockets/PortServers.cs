using System.Net;
using System.Net.Sockets;
using System.Text;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Sockets;

/// <summary>Listens at ports of a namespace's loopback interface, both families, and tells each caller which port it has reached.</summary>
internal sealed class PortServers : IDisposable
{
    private readonly List<Socket> _listeners = [];

    public PortServers(NetworkNamespace inside, params int[] ports)
    {
        foreach (var end in ports.SelectMany(port => new[] { new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.IPv6Loopback, port) }))
        {
            var listener = inside.Enter(() =>
            {
                var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(end);
                socket.Listen();
                return socket;
            });
            _listeners.Add(listener);
            _ = AnswerAsync(listener, end.Port);
        }
    }

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());

    private static async Task AnswerAsync(Socket listener, int port)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptAsync();
                await caller.SendAsync(Encoding.ASCII.GetBytes($"{port}\n"));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
