using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.CommandLine;

namespace Calico.Agent.Client;

/// <summary>Asks an agent over its socket. What goes wrong is a <see cref="CommandFailure"/> with a sentence.</summary>
internal sealed class AgentClient : IDisposable
{
    // Only until the answer begins: the rows of a command may take as long as they take.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;

    public AgentClient(string socketPath)
    {
        SocketPath = socketPath;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(socketPath, cancellation), UseProxy = false })
        {
            // The host's name is not used: the connection is the socket.
            BaseAddress = new Uri("http://agent/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string SocketPath { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for an object.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AskAsync(request, type, s_patience, cancellationToken);
    }

    /// <summary>Has something done and asks how it went.</summary>
    /// <param name="path">What.</param>
    /// <param name="body">The options.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Ends the waiting; what was begun goes on.</param>
    public async Task<T> PostAsync<T>(
        string path, IReadOnlyDictionary<string, string> body, JsonTypeInfo<T> type, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, ApiJson.Default.IReadOnlyDictionaryStringString) };
        return await AskAsync(request, type, patience, cancellationToken);
    }

    private async Task<T> AskAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, TimeSpan patience, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(request, patience, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is JsonException or HttpRequestException or IOException)
        {
            throw Unreachable($"What answers on {SocketPath} is no agent that this command line understands ({error.Message}). Compare `calico version`.");
        }
    }

    /// <summary>Asks for a text.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using HttpResponseMessage response = await SendAsync(request, s_patience, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Runs a plugin's command: its rows as they come.</summary>
    public async IAsyncEnumerable<JsonElement> RunAsync(
        string command, IReadOnlyDictionary<string, string> options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/commands/{Uri.EscapeDataString(command)}")
        {
            Content = JsonContent.Create(options, ApiJson.Default.IReadOnlyDictionaryStringString),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(CommandRoutes.RowsType));
        using HttpResponseMessage response = await SendAsync(request, s_patience, cancellationToken);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var lines = new StreamReader(body);
        while (await ReadLineAsync(lines, command, cancellationToken) is { } line)
        {
            yield return Row(line, command);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(patience);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (HttpRequestException error)
        {
            throw Unreachable(error.InnerException is SocketException refused ? ExplainRefusal(refused)
                : $"What listens on {SocketPath} does not answer like an agent: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"The agent on {SocketPath} did not answer within {patience.TotalSeconds:0} seconds. Its log may say why.");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await FailureOfAsync(response, cancellationToken);
        }
    }

    private async Task<CommandFailure> FailureOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        string sentence;
        try
        {
            sentence = (await response.Content.ReadFromJsonAsync(ApiJson.Default.Problem, cancellationToken))!.Detail;
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or HttpRequestException or IOException)
        {
            sentence = $"The agent on {SocketPath} answered {status} and no reason.";
        }

        return new CommandFailure(
            status switch
            {
                StatusCodes.Status400BadRequest => ExitCodes.Usage,
                StatusCodes.Status503ServiceUnavailable => ExitCodes.Unavailable,
                _ => ExitCodes.Failure,
            },
            sentence);
    }

    private string ExplainRefusal(SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AccessDenied => $"The socket {SocketPath} is not for this user. Run the command as root.",
        _ when !File.Exists(SocketPath) => $"No agent is running: there is no {SocketPath}. Start one with `calico agent --config FILE`, or name another with --instance or --socket.",
        SocketError.ConnectionRefused => $"No agent listens on {SocketPath}, which an agent that died left behind. Start it again with `calico agent --config FILE`.",
        _ => $"The agent on {SocketPath} cannot be reached: {refused.Message}.",
    };

    private static CommandFailure Unreachable(string sentence) => new(ExitCodes.Unavailable, sentence);

    private static async Task<string?> ReadLineAsync(StreamReader lines, string command, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new CommandFailure(ExitCodes.Failure, $"The agent went away while '{command}' was running; not all rows are here.");
        }
    }

    private static JsonElement Row(string line, string command)
    {
        try
        {
            using JsonDocument row = JsonDocument.Parse(line);
            return row.RootElement.ValueKind == JsonValueKind.Object && row.RootElement.TryGetProperty(RowsEnd.Member, out JsonElement error)
                ? throw new CommandFailure(ExitCodes.Failure, error.GetString() ?? $"'{command}' failed.")
                : row.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new CommandFailure(ExitCodes.Failure, $"A row of '{command}' is not JSON: {error.Message}");
        }
    }

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
