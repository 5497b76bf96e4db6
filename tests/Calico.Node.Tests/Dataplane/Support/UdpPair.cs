using System.Net;
using System.Net.Sockets;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>UDP between two namespaces.</summary>
internal sealed class UdpPair : IDisposable
{
    public UdpPair(NetworkNamespace client, NetworkNamespace server, IPEndPoint listen)
    {
        Server = Bound(server, listen);
        Client = client.Enter(() => new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        Server.ReceiveTimeout = Client.ReceiveTimeout = 1000;
    }

    public UdpPair(NetworkNamespace client, NetworkNamespace server, IPAddress address)
        : this(client, server, new IPEndPoint(address, 0))
    {
    }

    public Socket Client { get; }

    public Socket Server { get; }

    /// <summary>A datagram of this size there; who sent it, as the server sees it, or null if it did not arrive.</summary>
    public IPEndPoint? Send(int size = 100)
    {
        var sent = new byte[size];
        Random.Shared.NextBytes(sent);
        Client.SendTo(sent, Server.LocalEndPoint!);
        return Receive(Server, sent);
    }

    /// <summary>Whether a datagram gets there and another back.</summary>
    public bool Exchange(int size = 100)
    {
        // A first datagram may be lost while the kernel looks for a neighbour.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (Send(size) is { } from)
            {
                var answer = new byte[size];
                Random.Shared.NextBytes(answer);
                Server.SendTo(answer, from);
                if (Receive(Client, answer) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static IPEndPoint? Receive(Socket socket, byte[] expected)
    {
        EndPoint from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var buffer = new byte[65536];
        try
        {
            var length = socket.ReceiveFrom(buffer, ref from);
            Assert.True(buffer.AsSpan(0, length).SequenceEqual(expected), "Another datagram than the one sent.");
            return (IPEndPoint)from;
        }
        catch (SocketException nothing) when (nothing.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.ConnectionRefused)
        {
            return null;
        }
    }

    private static Socket Bound(NetworkNamespace inside, IPEndPoint listen) => inside.Enter(() =>
    {
        var socket = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(listen);
        return socket;
    });
}
