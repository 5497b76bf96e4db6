using Calico.Core.Interop;

namespace Calico.Core.Net;

/// <summary>Requests and their answers over one socket, one at a time.</summary>
internal sealed class NetlinkConnection : IDisposable
{
    // The kernel fills datagrams of a dump up to 32 KiB, if the reader has shown room for that.
    private const int DatagramSize = 64 * 1024;

    // A dump that the kernel marks as interrupted by a change is started again; under a storm of changes not for ever.
    private const int DumpAttempts = 20;

    private readonly Lock _lock = new();
    private readonly byte[] _buffer = new byte[DatagramSize];
    private readonly NetlinkSocket _socket;
    private uint _sequence;

    internal NetlinkConnection()
    {
        var result = NetlinkSocket.Open(NetlinkSocket.RouteProtocol, out _socket);
        if (result < 0)
        {
            _socket.Dispose();
            throw new NetlinkException("open an rtnetlink socket", -result);
        }

        // Older kernels refuse; then errors come without words.
        _ = _socket.RequestExplanations();
    }

    internal delegate T? PayloadParser<T>(ReadOnlySpan<byte> payload)
        where T : class;

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a request that changes something and waits for the kernel's yes or no.</summary>
    internal void Change(NetlinkRequest request, string attempt)
    {
        lock (_lock)
        {
            Send(request, attempt);
            Exchange<object>(attempt, accept: default, parser: null);
        }
    }

    /// <summary>The one object asked for; null if the kernel says <paramref name="absent"/>.</summary>
    internal T? Get<T>(NetlinkRequest request, MessageType accept, PayloadParser<T> parser, int absent, string attempt)
        where T : class
    {
        try
        {
            lock (_lock)
            {
                Send(request, attempt);
                return Exchange(attempt, accept, parser).Items is [var item, ..] ? item : null;
            }
        }
        catch (NetlinkException refused) when (refused.Errno == absent)
        {
            return null;
        }
    }

    /// <summary>Everything of a kind, from one consistent dump.</summary>
    internal IReadOnlyList<T> Dump<T>(NetlinkRequest request, MessageType accept, PayloadParser<T> parser, string attempt)
        where T : class
    {
        lock (_lock)
        {
            for (var i = 0; i < DumpAttempts; i++)
            {
                Send(request, attempt);
                var (items, interrupted) = Exchange(attempt, accept, parser);
                if (!interrupted)
                {
                    return items;
                }
            }
        }

        throw new NetlinkException($"Could not {attempt}: it changed during each of {DumpAttempts} readings. Try again when fewer changes are made.");
    }

    private void Send(NetlinkRequest request, string attempt)
    {
        _sequence++;
        int result;
        do
        {
            result = _socket.Send(request.Finish(_sequence));
        }
        while (result == -ErrnoName.Interrupted);

        if (result < 0)
        {
            throw new NetlinkException(attempt, -result);
        }
    }

    /// <summary>Reads until the end of the answer: NLMSG_DONE after a dump, NLMSG_ERROR (0 is yes) after the rest.</summary>
    private (List<T> Items, bool Interrupted) Exchange<T>(string attempt, MessageType accept, PayloadParser<T>? parser)
        where T : class
    {
        List<T> items = [];
        var interrupted = false;
        while (true)
        {
            var length = Receive(attempt);
            foreach (var message in new NetlinkMessages(_buffer.AsSpan(0, length)))
            {
                // What is left over from a request that was given up midway.
                if (message.Sequence != _sequence)
                {
                    continue;
                }

                interrupted |= message.Flags.HasFlag(MessageFlags.DumpInterrupted);
                if (message.Type is MessageType.Error or MessageType.Done)
                {
                    NetlinkAnswer.ThrowIfRefused(message, attempt);
                    return (items, interrupted);
                }

                if (message.Type == accept && parser?.Invoke(message.Payload) is { } item)
                {
                    items.Add(item);
                }
            }
        }
    }

    private int Receive(string attempt)
    {
        int length;
        do
        {
            length = _socket.Receive(_buffer);
        }
        while (length == -ErrnoName.Interrupted);

        if (length < 0)
        {
            throw new NetlinkException(attempt, -length);
        }

        return length <= _buffer.Length
            ? length
            : throw new NetlinkException($"Could not {attempt}: the kernel's answer has {length} bytes, more than the {_buffer.Length} that were expected at most.");
    }
}
