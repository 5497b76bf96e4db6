using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Calico.Agent.Demo.Peers;

/// <summary>Sends a probe and waits for what comes back.</summary>
internal static class Probing
{
    public static async Task<ProbeAnswer> RunAsync(Probe probe, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(probe.PatienceMilliseconds);
        try
        {
            return probe.Kind switch
            {
                ProbeKind.Http => await HttpAsync(probe, patience.Token),
                ProbeKind.Udp => await UdpAsync(probe, patience.Token),
                _ => SendSegment(probe),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeAnswer(null, null, "no answer");
        }
        catch (SocketException error)
        {
            return new ProbeAnswer(null, null, Words(error));
        }
        catch (HttpRequestException error)
        {
            return new ProbeAnswer(null, null, error.InnerException is SocketException inner ? Words(inner) : error.Message);
        }
    }

    private static string Words(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.TimedOut => "no answer",
        SocketError.ConnectionRefused => "refused",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        _ => error.Message,
    };

    private static async Task<ProbeAnswer> HttpAsync(Probe probe, CancellationToken cancellationToken)
    {
        // A client of its own: a kept connection would not show whether a new one can be made.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        string host = probe.Target.Contains(':', StringComparison.Ordinal) ? $"[{probe.Target}]" : probe.Target;
        using HttpResponseMessage response = await http.GetAsync(new Uri($"http://{host}:{probe.Port}/bytes/{probe.Size}"), cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        string? failure = !response.IsSuccessStatusCode ? $"HTTP {(int)response.StatusCode}"
            : body.Length != probe.Size ? $"{body.Length} bytes instead of {probe.Size}"
            : Content.CountWrong(body, 0) is > 0 and int wrong ? $"{wrong} wrong bytes"
            : null;
        return new ProbeAnswer(Header(response, Peer.NameHeader), Header(response, Peer.FromHeader), failure);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    private static async Task<ProbeAnswer> UdpAsync(Probe probe, CancellationToken cancellationToken)
    {
        var target = IPAddress.Parse(probe.Target);
        using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (probe.Source is not null)
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(probe.Source), 0));
        }

        await socket.ConnectAsync(new IPEndPoint(target, probe.Port), cancellationToken);
        byte[] asked = RandomNumberGenerator.GetBytes(probe.Size);
        await socket.SendAsync(asked, cancellationToken);
        byte[] answer = new byte[UdpMessage.Most];
        int length = await socket.ReceiveAsync(answer, cancellationToken);
        return UdpMessage.Read(answer.AsSpan(0, length), asked);
    }

    /// <summary>Only whether it was dropped can be seen: a segment of this kind has no answer.</summary>
    private static ProbeAnswer SendSegment(Probe probe)
    {
        const int HeaderWords = 5, TooFewWords = 3;
        const ushort AnyPort = 32_000;
        const byte Acknowledgement = 0x10;
        var target = IPAddress.Parse(probe.Target);
        using var socket = new Socket(target.AddressFamily, SocketType.Raw, ProtocolType.Tcp);
        byte[] segment = new byte[HeaderWords * 4];
        BinaryPrimitives.WriteUInt16BigEndian(segment, AnyPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)probe.Port);
        segment[12] = (byte)((probe.Kind == ProbeKind.MalformedSegment ? TooFewWords : HeaderWords) << 4);
        segment[13] = Acknowledgement;
        socket.SendTo(segment, new IPEndPoint(target, 0));
        return new ProbeAnswer(null, null, "no answer");
    }
}
