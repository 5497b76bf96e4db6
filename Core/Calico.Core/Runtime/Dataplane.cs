using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Layouts;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Configuration;
using Calico.Core.Events;
using Calico.Core.Flows;
using Calico.Core.Maps;
using Calico.Core.Net;
using Calico.Core.Plugins;
using Calico.Core.Resources;
using Calico.Core.Runtime.Generations;
using Calico.Core.Runtime.Reports;
using Calico.Core.Runtime.Sockets;
using Calico.Sdk;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <summary>
/// A running dataplane: one generation of chains on the interfaces of this network namespace, kept as configuration,
/// resources and the kernel's interfaces say.
/// </summary>
/// <remarks>
/// <code>
///   start:  1 guard ─ 2 plugins ─ 3 generation (plan, render, compile, load) ─ 4 preflight ─ 5 interfaces, routes ─ 6 pins
///   then:   kernel events ──┐
///           resources ──────┴──► one writer (RunAsync) ──► interface map, route maps, kernel routes, attach points
///           every 10 s ────────► sweep expired flows
/// </code>
/// Stopping leaves everything in force: links, maps and PROG_ARRAYs are pinned, and the next agent adopts them.
/// </remarks>
public sealed partial class Dataplane : IAsyncDisposable
{
    private readonly AgentConfiguration _configuration;
    private readonly ResourceStore _resources;
    private readonly ILogger _logger;
    private readonly KernelFeatures _features;
    private readonly InstanceFolders _folders;
    private readonly MapSet _maps;
    private readonly FlowTable _flows;
    private readonly RingReaders _ringReaders = new();
    private readonly PluginHost _pluginHost;
    private readonly PluginActivity _activity;
    private readonly DataplaneMeter _meter;
    private readonly ChainSettings _settings;
    private readonly Lazy<ProgramCompiler> _compiler;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];

    private RtNetlink? _netlink;
    private NetlinkMonitor? _monitor;
    private FlowSweeper? _sweeper;
    private CancellationTokenSource _sweeperStop = new();
    private Task _sweeping = Task.CompletedTask;
    private Interfaces? _interfaces;
    private RouteUpkeep? _routes;
    private Guard? _guard;
    private Attacher? _attacher;
    private SocketAttachments? _sockets;
    private volatile PluginSet _plugins = PluginSet.Empty;
    private volatile IReadOnlyList<RefusedPlugin> _refused = [];
    private volatile Generation? _generation;
    private volatile string? _writerProblem;
    private volatile IReadOnlyList<string> _notes = [];
    private bool _isRecordLost;
    private int _disposed;

    /// <param name="configuration">What to run.</param>
    /// <param name="resources">The desired state; run by the caller.</param>
    /// <param name="loggers">Where to tell.</param>
    /// <param name="features">What the kernel can; null finds out.</param>
    public Dataplane(AgentConfiguration configuration, ResourceStore resources, ILoggerFactory loggers, KernelFeatures? features = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentNullException.ThrowIfNull(resources);
        _configuration = configuration;
        _resources = resources;
        _logger = loggers.CreateLogger<Dataplane>();
        _features = features ?? new KernelFeatures();
        _folders = InstanceFolders.Of(configuration);
        BpffsMount.Require(_folders.Bpffs);
        Directory.CreateDirectory(_folders.State);
        _maps = new MapSet(_folders.Maps);
        _compiler = new Lazy<ProgramCompiler>(() => ProgramCompiler.Default(configuration.Paths.Cache));
        _settings = SettingsOf(configuration, _features);
        _flows = new FlowTable(_maps, () => _generation?.Plan, _settings, NameOfSlot);
        _pluginHost = new PluginHost(new HostServices(loggers, _flows, id => new PluginMapAccess(id, _maps, () => _generation?.Plan))
        {
            EventsOf = id => new PluginEventAccess(id, _maps, _ringReaders),
            Decoders = new IdDecoders(() => _plugins.Plugins, () => _generation?.Plan),
            FeedOf = own => resources.FeedFor(own),
        });
        _activity = new PluginActivity(resources, _logger);
        resources.ExpectKinds();
        _meter = new DataplaneMeter(this, () => _pluginHost.ContextsAlive);
    }

    /// <summary>The plugins' commands.</summary>
    public IReadOnlyList<PluginCommand> Commands => _plugins.Commands;

    /// <summary>The plugins' routes of the API, each plugin's most exact first.</summary>
    public IReadOnlyList<PluginRoute> Routes => [.. _plugins.Plugins.SelectMany(plugin => plugin.Routes)];

    /// <summary>The tracked connections.</summary>
    public IFlowTable Flows => _flows;

    /// <summary>Brings the dataplane into force. Returns when every interface that exists has its chain.</summary>
    /// <exception cref="BpfException">The kernel refused something without which nothing works.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // 1. Until a workload's interface has its chain, nothing of it reaches the stack.
        _guard = Guard.Install(GuardSpec.Of(_configuration, _settings), _features, Compiler(), _folders.Guard);
        _attacher = new Attacher(_configuration.Attach, _features, _folders.Links);

        // 2. 3.
        _plugins = await _pluginHost.LoadAsync(PluginStart.Request(_configuration), cancellationToken);
        var pins = new GenerationPins(_folders.Generations);
        var built = Build(pins.Next(), _plugins, inForce: null);
        await QuarantineAsync(built.Refused);

        // 4. Nothing that can fail for a reason of the programs' own comes after this.
        var unfit = Preflight.Run(built.Generation, _maps);
        if (unfit.Count > 0)
        {
            built.Generation.Dispose();
            throw new InvalidOperationException("The new generation failed its preflight and was not put in force: " + string.Join(' ', unfit));
        }

        pins.Pin(built.Generation);
        _generation = built.Generation;
        LogGeneration(built);
        _sockets = SocketAttachments.Start(_configuration.Attach.Cgroup, _folders.Sockets, built.Generation.SocketPrograms, _logger);

        // 5. The monitor listens before the dump, so that nothing falls between them.
        HostSettings.Apply(_logger);
        _netlink = new RtNetlink();
        _monitor = new NetlinkMonitor();
        _interfaces = new Interfaces(_configuration.Interfaces, new InterfaceMap(_maps, _settings.Tables.Interfaces), _attacher, _netlink, _logger);
        _routes = new RouteUpkeep(_configuration.NodeName, _maps, _netlink, _interfaces, _logger);
        _activity.Use(_plugins);
        await _activity.StartAsync(_plugins, cancellationToken);
        TakeInventory(isFirst: true);

        _attacher.RetireOthers(_interfaces.AttachPoints);
        var otherFields = NoteOtherLayouts(built.Generation.Plan);
        if (_isRecordLost || otherFields || built.Generation.Plan.Reclaimed.Count > 0 || Redecision.IsNeeded(built.Generation, _folders.Redecision))
        {
            _interfaces.RedecideAll();
        }

        Redecision.Remember(built.Generation, _folders.Redecision);

        // 6.
        AtomicText.Write(_folders.ChainRecord, built.Generation.Plan.Record.ToJson());
        AtomicText.Write(_folders.Layouts, LayoutCatalog.Of(built.Generation.Plan).ToJson());
        pins.RetireAllBut(built.Generation.Number);
        _maps.RetireOthers(MapsOf(built.Generation));
        await UseSweeperAsync(FlowSweeper.Load(built.Generation.Plan, _settings, Compiler(), Cpu, _maps));
        _loops.Add(Task.Run(() => FollowAsync(_stopping.Token), CancellationToken.None));
        CollectUnloaded();
    }

    /// <summary>Stops the agent's part; traffic goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _meter.Dispose();
        await _stopping.CancelAsync();
        await _reloading.WaitAsync(); // one that runs ends first
        await Task.WhenAll(_sweeping, _collection).ContinueWith(_ => { }, TaskScheduler.Default);
        await Task.WhenAll(_loops.Select(loop => loop.ContinueWith(_ => { }, TaskScheduler.Default)));
        await _plugins.DisposeAsync();
        _ringReaders.Dispose();
        _monitor?.Dispose();
        _interfaces?.Release();
        _sockets?.Dispose();
        _netlink?.Dispose();
        _guard?.Dispose();
        _sweeper?.Dispose();
        _generation?.Dispose();
        _flows.Dispose();
        _maps.Dispose();
        _sweeperStop.Dispose();
        _stopping.Dispose();
    }

    private string Cpu => _features.InstructionSetV4 ? "v4" : "v3";

    private ProgramCompiler Compiler() => _compiler.Value;

    private BuiltGeneration Build(int number, PluginSet plugins, LayoutCatalog? inForce)
    {
        var record = File.Exists(_folders.ChainRecord) ? ReadRecord() : ChainRecord.Empty;
        return new GenerationBuilder(Compiler(), Cpu, _maps).Build(new GenerationRequest(
            number,
            plugins.Declarations,
            plugins.Plugins.ToDictionary(plugin => plugin.Id, plugin => plugin.Templates),
            record,
            _settings,
            HooksOfNode())
        {
            InForce = inForce,
        });
    }

    private static HashSet<string> MapsOf(Generation generation) =>
    [
        .. SpineMaps.All(generation.Chains.Settings.Tables).Concat(TraceMaps.Of(generation.Chains.Settings)).Concat(PluginMaps.Of(generation.Plan)).Select(map => map.Name),
    ];

    /// <summary>
    /// What an earlier agent left under another layout is not read: its maps begin empty. True where a flow field means
    /// something else now, so that flows must be decided again.
    /// </summary>
    private bool NoteOtherLayouts(ChainPlan plan)
    {
        IReadOnlyList<LayoutDifference> differences = [];
        try
        {
            differences = File.Exists(_folders.Layouts)
                ? LayoutDifference.Between(LayoutCatalog.FromJson(File.ReadAllText(_folders.Layouts)), LayoutCatalog.Of(plan))
                : [];
        }
        catch (FormatException damaged)
        {
            _logger.LogWarning("{File}: {Reason}", _folders.Layouts, damaged.Message);
        }

        _notes =
        [
            .. differences.Select(difference => $"Plugin {difference.PluginId}: what was stored under another layout is gone. {difference}."),
            .. _maps.BegunAnew.Where(name => differences.All(difference => difference.CName != name))
                .Select(name => $"The map {name} begins empty: its layout or size is another than the earlier agent's."),
        ];
        foreach (var note in _notes)
        {
            _logger.LogWarning("{Note}", note);
        }

        return differences.Any(difference => plan.FlowFields.Any(field => field.CName == difference.CName));
    }

    /// <summary>Sweeps with another program from now on.</summary>
    private async Task UseSweeperAsync(FlowSweeper sweeper)
    {
        var (before, loop) = (_sweeper, _sweeping);
        await _sweeperStop.CancelAsync();
        await loop.ContinueWith(_ => { }, TaskScheduler.Default);
        before?.Dispose();
        _sweeperStop.Dispose();
        _sweeperStop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _sweeper = sweeper;
        _sweeping = sweeper.RunAsync(FlowSweeper.DefaultInterval, _sweeperStop.Token);
    }

    private ChainRecord ReadRecord()
    {
        try
        {
            return ChainRecord.FromJson(File.ReadAllText(_folders.ChainRecord));
        }
        catch (FormatException damaged)
        {
            // Without it, bits and offsets may mean something else than to the flows that exist.
            _logger.LogWarning("{File}: {Reason} All flows are decided again.", _folders.ChainRecord, damaged.Message);
            _isRecordLost = true;
            return ChainRecord.Empty;
        }
    }

    private Hooks HooksOfNode() =>
        Hooks.WorkloadIngress | Hooks.WorkloadEgress | Hooks.HostIngress | Hooks.HostEgress |
        (_configuration.Interfaces.Tunnel.IsEmpty ? Hooks.None : Hooks.TunnelIngress) |
        (_configuration.Attach.Xdp == Configuration.XdpMode.Off ? Hooks.None : Hooks.Xdp);

    private async Task QuarantineAsync(IReadOnlyList<RefusedPlugin> refused)
    {
        _refused = refused;
        foreach (var plugin in refused)
        {
            _logger.LogError("Plugin {Id} is quarantined: {Reason}", plugin.PluginId, plugin.Reason);
            _plugins = await _plugins.WithoutAsync(plugin.PluginId, plugin.Reason);
        }
    }

    private void LogGeneration(BuiltGeneration built) => _logger.LogInformation(
        "Generation {Number}: {Stages} plugin stages in {Hooks} hooks; plan {Plan:F1} ms, render {Render:F1} ms, compile {Compile:F0} ms, load {Load:F0} ms",
        built.Generation.Number, built.Generation.Plan.Stages.Count, built.Generation.Hooks.Count,
        built.Timings.Plan.TotalMilliseconds, built.Timings.Render.TotalMilliseconds,
        built.Timings.Compile.TotalMilliseconds, built.Timings.Load.TotalMilliseconds);

    private string? NameOfSlot(ushort slot) => _interfaces?.All.FirstOrDefault(known => known.Slot == slot)?.Link.Name;

    private static ChainSettings SettingsOf(AgentConfiguration configuration, KernelFeatures features) => new()
    {
        MarkMask = configuration.Mark.Mask,
        HostRouting = configuration.HostRouting,
        AllowDhcp = configuration.Dhcp,
        NetworkNamespaceCookie = NetworkNamespaceCookie.Own(),
        TicksPerSecond = features.JiffiesPerSecond,
        Tables = new TableSizes
        {
            FlowsV4 = (uint)configuration.FlowTable.MaxEntriesIPv4,
            FlowsV6 = (uint)configuration.FlowTable.MaxEntriesIPv6,
            Pending = (uint)configuration.FlowTable.MaxPending,
        },
    };
}
