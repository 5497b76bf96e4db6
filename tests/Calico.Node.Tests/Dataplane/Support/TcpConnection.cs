using System.Net;
using System.Net.Sockets;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>A TCP connection between two namespaces, both ends in the hands of the test.</summary>
internal sealed class TcpConnection : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private TcpConnection(Socket client, Socket server)
    {
        Client = client;
        Server = server;
        client.SendTimeout = server.SendTimeout = client.ReceiveTimeout = server.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        client.NoDelay = server.NoDelay = true;
    }

    public Socket Client { get; }

    public Socket Server { get; }

    /// <summary>Opens a connection; the server listens on its own address unless the client is to call another one.</summary>
    public static TcpConnection Open(NetworkNamespace client, NetworkNamespace server, IPEndPoint listen, IPEndPoint? call = null)
    {
        using var listener = server.Enter(() =>
        {
            var socket = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(listen);
            socket.Listen();
            return socket;
        });
        var target = call ?? (IPEndPoint)listener.LocalEndPoint!;
        var caller = client.Enter(() => new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            using var patience = new CancellationTokenSource(s_patience);
            caller.ConnectAsync(target, patience.Token).AsTask().GetAwaiter().GetResult();
            return new TcpConnection(caller, listener.AcceptAsync(patience.Token).AsTask().GetAwaiter().GetResult());
        }
        catch (Exception failure)
        {
            caller.Dispose();
            throw new InvalidOperationException($"No connection from {client} to {target} in {server}: {failure.Message}", failure);
        }
    }

    public static TcpConnection Open(NetworkNamespace client, NetworkNamespace server, IPAddress address) =>
        Open(client, server, new IPEndPoint(address, 0));

    /// <summary>A byte there and a byte back.</summary>
    public void Exchange()
    {
        Span<byte> one = [0x5a];
        Client.Send(one);
        Assert.Equal(1, Server.Receive(one));
        Server.Send(one);
        Assert.Equal(1, Client.Receive(one));
    }

    /// <summary>Sends this many bytes of a pattern to the server, which checks each.</summary>
    public void Transfer(long bytes)
    {
        var sending = Task.Run(() =>
        {
            for (var sent = 0L; sent < bytes;)
            {
                var now = (int)Math.Min(Pattern.Length - (sent % 251), bytes - sent);
                sent += Client.Send(Pattern.AsSpan((int)(sent % 251), now));
            }
        });
        var buffer = new byte[256 * 1024];
        for (var received = 0L; received < bytes;)
        {
            var now = Server.Receive(buffer);
            Assert.True(now > 0, $"The connection ended after {received} bytes.");
            Assert.True(Pattern.AsSpan((int)(received % 251), Math.Min(now, Pattern.Length - 251)).SequenceEqual(buffer.AsSpan(0, Math.Min(now, Pattern.Length - 251))), $"Other bytes than those sent, at {received}.");
            received += now;
        }

        sending.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    // A prime length of the period: a segment lost or doubled shows.
    private static byte[] Pattern { get; } = [.. Enumerable.Range(0, (256 * 1024) + 251).Select(at => (byte)(at % 251))];
}
