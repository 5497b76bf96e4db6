using System.Net.Sockets;
using Calico.Agent.Hosting;

namespace Calico.Agent.Tests.Support;

/// <summary>An agent with a fake dataplane and a real socket.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private static readonly LogOptions s_quiet = new(IsJson: false, LogLevel.None);
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    private RunningAgent(FakeDataplane dataplane)
    {
        Dataplane = dataplane;
        Place = new AgentPlace("test", _folder.File("run"), _folder.File("run/api.sock"));
        _run = new AgentHost(Place, s_quiet, _ => dataplane).RunAsync(_stop.Token);
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(token), ownsSocket: true) })
        {
            BaseAddress = new Uri("http://agent/"),
        };
    }

    public FakeDataplane Dataplane { get; }

    public AgentPlace Place { get; }

    public HttpClient Http { get; }

    /// <summary>Starts one and waits until it is ready, or only until it answers.</summary>
    public static async Task<RunningAgent> StartAsync(FakeDataplane? dataplane = null, bool untilReady = true)
    {
        var agent = new RunningAgent(dataplane ?? new FakeDataplane());
        await agent.UntilAsync(untilReady ? "readyz" : "livez");
        return agent;
    }

    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Place.Socket), cancellationToken);
        return socket;
    }

    /// <summary>Runs a command line against this agent.</summary>
    public Task<CommandResult> CalicoAsync(params string[] arguments) =>
        CommandResult.OfAsync([.. arguments, "--socket", Place.Socket]);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private async Task UntilAsync(string path)
    {
        while (true)
        {
            if (_run.IsCompleted)
            {
                await _run;
                throw new InvalidOperationException("The agent ended before it was ready.");
            }

            try
            {
                using HttpResponseMessage response = await Http.GetAsync(path);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(10);
        }
    }
}
