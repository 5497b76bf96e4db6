using System.Net.Http.Json;
using System.Net.Sockets;

namespace Calico.Agent.Demo.Peers;

/// <summary>The demo's side of a peer's control socket.</summary>
internal sealed class PeerClient(string name, string control) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(control, cancellation), UseProxy = false })
    {
        // The host's name is not used: the connection is the socket.
        BaseAddress = new Uri("http://peer/"),
    };

    public string Name { get; } = name;

    public async Task<ProbeAnswer> ProbeAsync(Probe probe, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("probe", probe, PeerJson.Default.Probe, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(PeerJson.Default.ProbeAnswer, cancellationToken))!;
    }

    public async Task BeginTransferAsync(string target, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.PutAsync(new Uri($"transfer/{Uri.EscapeDataString(target)}", UriKind.Relative), content: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<TransferReport> TransferAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync("transfer", PeerJson.Default.TransferReport, cancellationToken))!;

    public async Task<TransferReport> EndTransferAsync(CancellationToken cancellationToken) =>
        (await _http.DeleteFromJsonAsync("transfer", PeerJson.Default.TransferReport, cancellationToken))!;

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
