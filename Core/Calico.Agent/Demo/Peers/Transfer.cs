using System.Diagnostics;

namespace Calico.Agent.Demo.Peers;

/// <summary>A long download over one TCP connection, every byte of it checked.</summary>
internal sealed class Transfer : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;
    private long _bytes;
    private long _wrong;
    private long _longestPause;
    private long _lastByteAt;
    private string? _failure;

    public void Begin(string target)
    {
        _end.Dispose();
        _end = new CancellationTokenSource();
        (_bytes, _wrong, _longestPause, _failure) = (0, 0, 0, null);
        _lastByteAt = Stopwatch.GetTimestamp();
        string host = target.Contains(':', StringComparison.Ordinal) ? $"[{target}]" : target;
        _running = RunAsync(new Uri($"http://{host}:{Peer.HttpPort}/stream"), _end.Token);
    }

    public TransferReport Report() => new(
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _wrong),
        // A pause that still lasts counts, too.
        Math.Max(Interlocked.Read(ref _longestPause), _running.IsCompleted ? 0 : SinceLastByte()),
        Volatile.Read(ref _failure));

    public async Task<TransferReport> EndAsync()
    {
        TransferReport report = Report();
        await _end.CancelAsync();
        await _running;
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
        _http.Dispose();
    }

    private async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream body = await _http.GetStreamAsync(address, cancellationToken);
            byte[] buffer = new byte[128 * 1024];
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and int count)
            {
                Interlocked.Exchange(ref _longestPause, Math.Max(Interlocked.Read(ref _longestPause), SinceLastByte()));
                Interlocked.Exchange(ref _lastByteAt, Stopwatch.GetTimestamp());
                Interlocked.Add(ref _wrong, Content.CountWrong(buffer.AsSpan(0, count), _bytes));
                Interlocked.Add(ref _bytes, count);
            }

            Volatile.Write(ref _failure, "the server closed the connection");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to end.
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            Volatile.Write(ref _failure, error.Message);
        }
    }

    private long SinceLastByte() => (long)Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastByteAt)).TotalMilliseconds;
}
