using System.Threading.Channels;
using Calico.Core.Interop;

namespace Calico.Core.Net;

/// <summary>
/// Tells of every change to links, addresses and routes of one network namespace: that of the thread which made this
/// object. It listens from the constructor on, so a consumer that makes the monitor first and then reads the current
/// state with <see cref="RtNetlink"/> misses nothing. One consumer at a time reads <see cref="Events"/>.
/// </summary>
public sealed class NetlinkMonitor : IDisposable
{
    /// <summary>Room for some 20,000 events: the kernel counts the memory that an event took, 500 to 2,000 bytes.</summary>
    public const int DefaultReceiveBuffer = 8 * 1024 * 1024;

    // When the consumer is further behind than this, the kernel's buffer takes the rest, and then says so (Overrun).
    private const int Backlog = 8192;

    private const int DatagramSize = 64 * 1024;

    private static readonly int[] Groups =
    [
        MulticastGroup.Link, MulticastGroup.Ipv4Address, MulticastGroup.Ipv6Address, MulticastGroup.Ipv4Route, MulticastGroup.Ipv6Route,
    ];

    private readonly Channel<NetworkEvent> _events = Channel.CreateBounded<NetworkEvent>(
        new BoundedChannelOptions(Backlog) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _stopping = new();
    private readonly NetlinkSocket _socket;
    private readonly EventSignal _stop;
    private readonly Thread _thread;
    private bool _disposed;

    /// <summary>Subscribes and starts to listen.</summary>
    /// <param name="receiveBuffer">Bytes of events that the kernel keeps for a consumer that is behind.</param>
    public NetlinkMonitor(int receiveBuffer = DefaultReceiveBuffer)
    {
        Check(NetlinkSocket.Open(NetlinkSocket.RouteProtocol, out _socket), "open an rtnetlink socket");
        Check(EventSignal.Create(out _stop), "make an eventfd");
        Check(_socket.SetReceiveBuffer(receiveBuffer), "enlarge the receive buffer of an rtnetlink socket");
        Check(_socket.Bind(), "bind an rtnetlink socket");
        foreach (var group in Groups)
        {
            Check(_socket.Join(group), $"subscribe to rtnetlink group {group}");
        }

        // A thread of its own: a busy thread pool must not delay the news of a new interface.
        _thread = new Thread(Listen) { IsBackground = true, Name = "netlink monitor" };
        _thread.Start();
    }

    /// <summary>The events in the kernel's order. Completes when the monitor is disposed; faults if listening fails.</summary>
    public ChannelReader<NetworkEvent> Events => _events.Reader;

    /// <summary>Ends listening and completes <see cref="Events"/>.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stopping.Cancel();
        _stop.Give();
        _thread.Join();
        _socket.Dispose();
        _stop.Dispose();
        _stopping.Dispose();
    }

    private void Listen()
    {
        var buffer = new byte[DatagramSize];
        Exception? failure = null;
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var result = _socket.WaitReadable(_stop, out var readable);
                if (readable)
                {
                    result = _socket.Receive(buffer);
                    Deliver(result, buffer);
                }

                if (result < 0 && result != -ErrnoName.Interrupted && result != -ErrnoName.NoBufferSpace)
                {
                    failure = new NetlinkException("wait for network events", -result);
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed while the consumer was behind.
        }
        finally
        {
            _events.Writer.TryComplete(failure);
        }
    }

    private void Deliver(int length, byte[] buffer)
    {
        if (length == -ErrnoName.NoBufferSpace || length > buffer.Length)
        {
            Write(new Overrun());
            return;
        }

        foreach (var message in new NetlinkMessages(buffer.AsSpan(0, Math.Max(length, 0))))
        {
            if (NetworkEventParser.Parse(message) is { } change)
            {
                Write(change);
            }
        }
    }

    private void Write(NetworkEvent change)
    {
        if (!_events.Writer.TryWrite(change))
        {
            _events.Writer.WriteAsync(change, _stopping.Token).AsTask().GetAwaiter().GetResult();
        }
    }

    private void Check(int result, string attempt)
    {
        if (result < 0)
        {
            _socket.Dispose();
            _stop?.Dispose();
            throw new NetlinkException(attempt, -result);
        }
    }
}
