using Calico.Core.Chain;
using Calico.Core.Flows;
using Calico.Core.Maps;
using Calico.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Sdk.Testing;

/// <summary>
/// Plugins' stages with the spine around them, in the real kernel: planned, rendered, compiled and verified as on a
/// node, and entered packet by packet. Nothing is really sent: what becomes of a packet is seen in its result.
/// </summary>
/// <remarks>
/// The node has three workloads, two uplinks and a tunnel device, in network namespaces of its own that end with the
/// chain. Packets of one chain share its flow table and maps, so several in a row are a conversation. Needs root, clang
/// and libbpf.so.1. Used by one thread at a time; chains beside each other do not disturb each other.
/// </remarks>
public sealed partial class ChainUnderTest : IAsyncDisposable
{
    private readonly KernelChain _kernel;
    private readonly IReadOnlyList<PluginInstance> _plugins;
    private readonly FlowTable _flows;
    private readonly TraceReader? _trace;

    private ChainUnderTest(KernelChain kernel, IReadOnlyList<PluginInstance> plugins)
    {
        _kernel = kernel;
        _plugins = plugins;
        _flows = new FlowTable(kernel.Maps, () => kernel.Generation.Plan, kernel.Settings, NameOf);
        _trace = kernel.Settings.Trace ? new TraceReader(kernel.Maps["trace"], kernel.Generation.Plan) : null;
        Clock = new VirtualClock();
        Clock.OnAdvance(by => FlowAging.AgeAll(kernel.Maps, (uint)Math.Min(by.TotalSeconds * kernel.Settings.TicksPerSecond, uint.MaxValue)));
    }

    /// <summary>A workload: 10.0.0.10 and fd00:10::a.</summary>
    public TestInterface WorkloadA => _kernel.Node.A;

    /// <summary>A workload: 10.0.0.11 and fd00:10::b.</summary>
    public TestInterface WorkloadB => _kernel.Node.B;

    /// <summary>A workload on a device that <c>bpf_redirect_peer</c> can't be used with, as a tap or a bridge port: 10.0.0.12 and fd00:10::c.</summary>
    public TestInterface WorkloadC => _kernel.Node.C;

    /// <summary>The uplink with the default route: the node is 192.0.2.1 and fd00:2::1, the gateway 192.0.2.254 and fd00:2::fe.</summary>
    public TestInterface Uplink => _kernel.Node.Uplink;

    /// <summary>Another uplink, with the routes to 203.0.113.0/24 and fd00:113::/64: the node is 192.0.3.1 and fd00:3::1.</summary>
    public TestInterface SecondUplink => _kernel.Node.Uplink2;

    /// <summary>A tunnel device.</summary>
    public TestInterface Tunnel => _kernel.Node.Tunnel;

    /// <summary>All of them.</summary>
    public IReadOnlyList<TestInterface> Interfaces => _kernel.Node.Interfaces;

    /// <summary>The chain's time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The live flows, as a plugin reads them: of both families, unanswered ones first, each once.</summary>
    public IReadOnlyList<Flow> Flows => [.. _flows.Read()];

    /// <summary>Starts a chain with one plugin.</summary>
    /// <typeparam name="TPlugin">The plugin's class.</typeparam>
    /// <param name="setup">Its options, and what else the chain is made of.</param>
    /// <exception cref="ChainStartException">The plugin is wrong, or the machine lacks something; the message says what.</exception>
    public static Task<ChainUnderTest> StartAsync<TPlugin>(Action<ChainSetup>? setup = null)
        where TPlugin : IDataplanePlugin, new()
    {
        var chain = With(new TPlugin());
        setup?.Invoke(chain);
        return chain.StartAsync();
    }

    /// <summary>Begins the setup of a chain.</summary>
    /// <param name="plugins">Plugins without options; more can be added. None: the spine alone.</param>
    public static ChainSetup With(params IEnumerable<IDataplanePlugin> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        ChainSetup setup = new();
        foreach (var plugin in plugins)
        {
            setup.Plugin(plugin);
        }

        return setup;
    }

    /// <summary>A map of a plugin.</summary>
    /// <typeparam name="TKey">The key's layout.</typeparam>
    /// <typeparam name="TValue">The value's layout.</typeparam>
    /// <param name="map">What <see cref="IPluginBuilder.Map{TKey, TValue}"/> returned.</param>
    /// <exception cref="InvalidOperationException">No plugin of the chain declared it.</exception>
    public IPluginMap<TKey, TValue> Map<TKey, TValue>(MapHandle<TKey, TValue> map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(map);
        return new PluginMapAccess(map.PluginId, _kernel.Maps).Open(map);
    }

    /// <summary>A map by its name, where only one plugin is in the chain or the names tell.</summary>
    /// <typeparam name="TKey">The key's layout.</typeparam>
    /// <typeparam name="TValue">The value's layout.</typeparam>
    /// <param name="name">Its name in its plugin.</param>
    /// <exception cref="InvalidOperationException">No plugin, or more than one, declared a map of this name.</exception>
    public IPluginMap<TKey, TValue> Map<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        var all = _plugins.SelectMany(plugin => plugin.Declaration.Maps).ToList();
        return all.Where(map => map.Name == name).ToList() is [var only]
            ? Map(new MapHandle<TKey, TValue>(only.PluginId, name))
            : throw new InvalidOperationException(
                $"Not exactly one plugin of the chain has a map '{name}'. There are: {string.Join(", ", all.Select(map => $"{map.Name} of {map.PluginId}"))}.");
    }

    /// <summary>A service of a plugin, or one that the host lends it.</summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="pluginId">Whose; null: of the first plugin that has it.</param>
    /// <exception cref="InvalidOperationException">None has it.</exception>
    public T Service<T>(string? pluginId = null)
        where T : notnull => _plugins
        .Where(plugin => pluginId is null || plugin.Id == pluginId)
        .Select(plugin => plugin.Services.GetService<T>())
        .FirstOrDefault(service => service is not null)
        ?? throw new InvalidOperationException($"No plugin of the chain has a service {typeof(T).FullName}.");

    /// <summary>
    /// Forgets all flows and counted drops, as if nothing had been sent yet. The plugins' maps and services stay as they are.
    /// </summary>
    public void Forget() => _kernel.Reset();

    /// <summary>Has the flows of an interface decided again with their next packet, as a change of policy does.</summary>
    /// <param name="interface">Where they come in or go out.</param>
    public void RedecideFlowsOf(TestInterface @interface) => _kernel.Restamp(@interface);

    /// <summary>Unloads everything.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var plugin in _plugins)
        {
            await plugin.DisposeAsync().ConfigureAwait(false);
        }

        _flows.Dispose();
        _kernel.Dispose();
    }

    internal static ChainUnderTest Start(ChainSetup setup)
    {
        var plugins = setup.Configure();
        var declarations = plugins.Select(plugin => setup.OnlyStageName is { } stage ? OneStage.Of(plugin.Declaration, stage) : plugin.Declaration).ToList();
        if (setup.OnlyStageName is { } wanted && declarations.All(declaration => declaration.Stages.Count == 0))
        {
            throw new ChainStartException(
                $"No plugin of the chain has a stage '{wanted}'. There are: {string.Join(", ", plugins.SelectMany(plugin => plugin.Declaration.Stages).Select(stage => stage.Name))}.");
        }

        var kernel = StartFailures.Explain(() => new KernelChain(new KernelChainRequest
        {
            Plugins = [.. declarations.Zip(plugins, (declaration, plugin) => (declaration, plugin.Templates))],
            Hooks = setup.OnHooks ?? declarations.SelectMany(plugin => plugin.Stages).Aggregate(Hooks.WorkloadIngress, (all, stage) => all | stage.Hooks),
            Cpu = setup.Cpu,
            Settings = setup.Settings,
            CacheFolder = setup.Cache,
        }));
        ChainUnderTest chain = new(kernel, plugins);
        try
        {
            chain.StartPlugins(setup);
            return chain;
        }
        catch
        {
            kernel.Dispose();
            throw;
        }
    }

    private void StartPlugins(ChainSetup setup)
    {
        foreach (var plugin in _plugins)
        {
            StartFailures.Explain(() =>
            {
                plugin.Start(setup.LoggerFactory, _flows, _kernel.Maps, services =>
                {
                    services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                    setup.ServiceChange?.Invoke(plugin.Id, services);
                });
                return true;
            });
        }
    }

    private string? NameOf(ushort slot) => Interfaces.FirstOrDefault(each => each.Slot == slot)?.Name;
}
