using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Runtime.Reports;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>The real agent of one node: its process, its configuration, and what it says about itself.</summary>
internal sealed class AgentUnderTest : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly LabTopology _lab;
    private readonly string _folder;
    private readonly string _resources;
    private readonly HttpClient _http;
    private LabProcess? _process;

    public AgentUnderTest(LabTopology lab, LabNode node, string folder, string bpffs, string resources)
    {
        _lab = lab;
        Node = node;
        _folder = folder;
        Bpffs = bpffs;
        _resources = resources;
        Directory.CreateDirectory(folder);
        Instance = $"{node.Namespace.Name}";
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = Connect, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            BaseAddress = new Uri("http://agent/"),
        };
    }

    public LabNode Node { get; }

    public string Bpffs { get; }

    public string Instance { get; }

    public string ConfigurationFile => Path.Combine(_folder, "agent.yaml");

    public string Socket => Path.Combine(_folder, "run", "api.sock");

    public bool IsRunning => _process is { HasExited: false };

    public string Log => string.Join('\n', _process?.Lines ?? []);

    /// <summary>Writes its configuration, which it reads when it starts or reloads.</summary>
    public void Configure(AgentOptions options) =>
        File.WriteAllText(ConfigurationFile, options.Text(Instance, Node.Name, _resources, _folder, Bpffs));

    public void Start(AgentOptions options)
    {
        Configure(options);
        _process = _lab.Start(Node.Namespace, Built.Calico, "agent", "--config", ConfigurationFile);
    }

    public Task Ready() => _process!.WaitForLine(line => line.Contains("agent ready", StringComparison.Ordinal), s_patience, TestContext.Current.CancellationToken);

    public async Task StartAndWait(AgentOptions options)
    {
        Start(options);
        await Ready();
    }

    /// <summary>Waits for it to say something, past or to come.</summary>
    public Task Says(string text) => _process!.WaitForLine(line => line.Contains(text, StringComparison.Ordinal), s_patience, TestContext.Current.CancellationToken);

    public Task Stop() => _process!.Stop(TimeSpan.FromSeconds(20));

    /// <summary>As a crash does it.</summary>
    public async Task Kill()
    {
        _process!.Signal(LabSignal.Kill);
        await _process.WaitForExit(s_patience);
        _process.Dispose();
    }

    /// <summary>Has it read its configuration again.</summary>
    /// <param name="watchSeconds">How long it is to watch its counters; null for its own idea of it.</param>
    public async Task<ReloadReport> Reload(double? watchSeconds = null)
    {
        using var answer = await _http.PostAsJsonAsync("v1/reload", watchSeconds is { } seconds ? new Dictionary<string, double> { ["watchSeconds"] = seconds } : [], TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync<ReloadReport>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    /// <summary>The same with another configuration.</summary>
    public Task<ReloadReport> Reload(AgentOptions options)
    {
        Configure(options);
        return Reload();
    }

    /// <summary>Begins to run a plugin's command; it has given its first row when this returns.</summary>
    public async Task<HttpResponseMessage> Begin(string command, params (string Name, string Value)[] options)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/commands/{command}")
        {
            Content = JsonContent.Create(options.ToDictionary(option => option.Name, option => option.Value)),
        };
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public void HangUp() => _process!.Signal(LabSignal.HangUp);

    public StatusReport Status() => Get<StatusReport>("v1/status");

    public IReadOnlyList<InterfaceReport> Interfaces() => Get<IReadOnlyList<InterfaceReport>>("v1/interfaces");

    public IReadOnlyList<PluginReport> Plugins() => Get<IReadOnlyList<PluginReport>>("v1/plugins");

    public JsonElement Resources() => Get<JsonElement>("v1/resources");

    /// <summary>Packets dropped on an interface for a reason so far.</summary>
    public ulong Drops(string onInterface, string reason) => Get<IReadOnlyList<DropReport>>("v1/drops")
        .Where(drop => drop.Interface == onInterface && drop.Reason == reason)
        .Aggregate(0UL, (sum, drop) => sum + drop.Packets);

    /// <summary>All packets that its chains dropped so far, by reason.</summary>
    public IReadOnlyDictionary<string, ulong> DropsByReason() => Get<IReadOnlyList<DropReport>>("v1/drops")
        .GroupBy(drop => drop.Reason)
        .ToDictionary(reason => reason.Key, reason => reason.Aggregate(0UL, (sum, drop) => sum + drop.Packets));

    public IReadOnlyList<MissedCallReport> MissedCalls() => Get<IReadOnlyList<MissedCallReport>>("v1/missed-calls");

    public IReadOnlyList<ChainReport> Chains(string interfaceName) => Get<IReadOnlyList<ChainReport>>($"v1/chains/{interfaceName}");

    /// <summary>Its drops and what it knows of its interfaces, for messages.</summary>
    public string AllDrops() => string.Join('\n', [.. Get<IReadOnlyList<DropReport>>("v1/drops"), .. Interfaces(), .. Status().Problems, .. InterfaceMap()]);

    private List<string> InterfaceMap()
    {
        using var map = BpfMap.OpenPinned(Directory.EnumerateFiles(Path.Combine(Bpffs, "maps"), "interfaces-*").Single());
        return [.. new BpfMap<uint, InterfaceEntry>(map).Entries().Where(entry => entry.Value.Ifindex != 0).Select(Describe)];

        static string Describe(KeyValuePair<uint, InterfaceEntry> entry)
        {
            var frames = entry.Value.Ethernet;
            return $"slot {entry.Key}: interface {entry.Value.Ifindex}, kind {entry.Value.Kind}, flags {entry.Value.Flags:x}, frames to {Convert.ToHexStringLower(((Span<byte>)frames)[..6])}";
        }
    }

    /// <summary>What <c>calico flows</c> lists.</summary>
    public IReadOnlyList<JsonElement> Flows() =>
        [.. JsonDocument.Parse(Calico("--socket", Socket, "flows", "-o", "json").OrThrow().Output).RootElement.EnumerateArray()];

    /// <summary>The number of the generation whose PROG_ARRAYs are pinned; fails if there are several.</summary>
    public int PinnedGeneration() => int.Parse(
        Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(Bpffs, "generations")))), CultureInfo.InvariantCulture);

    /// <summary>The ids that the kernel gave to the pinned links, by the pins' names.</summary>
    public IReadOnlyDictionary<string, uint> LinkIds() => Directory.EnumerateFiles(Path.Combine(Bpffs, "links"))
        .ToDictionary(pin => Path.GetFileName(pin), pin =>
        {
            using var link = BpfLink.OpenPinned(pin);
            return link.Info().Id;
        });

    /// <summary>The ids of the programs that are attached, by the pins' names.</summary>
    public IReadOnlyDictionary<string, uint> AttachedPrograms() => Directory.EnumerateFiles(Path.Combine(Bpffs, "links"))
        .ToDictionary(pin => Path.GetFileName(pin), pin =>
        {
            using var link = BpfLink.OpenPinned(pin);
            return link.Info().ProgramId;
        });

    /// <summary>The names of its pinned maps, without their schemas.</summary>
    public IReadOnlyList<string> PinnedMaps() =>
        [.. Directory.EnumerateFiles(Path.Combine(Bpffs, "maps")).Select(pin => Path.GetFileName(pin).Split('-')[0]).Order(StringComparer.Ordinal)];

    /// <summary>One of its maps; the caller disposes of it.</summary>
    public BpfMap Pinned(string name) => BpfMap.OpenPinned(Directory.EnumerateFiles(Path.Combine(Bpffs, "maps"), $"{name}-*").Single());

    /// <summary>Runs the command line in the node's namespace, whatever its exit code.</summary>
    public CommandResult Calico(params IReadOnlyList<string> arguments) => Node.Namespace.TryRun([Built.Calico, .. arguments]);

    public void Dispose()
    {
        _process?.Dispose();
        _http.Dispose();
    }

    private T Get<T>(string path) => _http.GetFromJsonAsync<T>(path, JsonSerializerOptions.Web).GetAwaiter().GetResult()!;

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
