using System.Runtime.CompilerServices;
using Calico.Agent.Tests.Support;
using Calico.Core.Plugins;
using Calico.Core.Resources;
using Calico.Core.Runtime;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Agent.Tests.Plugins;

/// <summary>An agent whose dataplane is a fake and whose plugin is real.</summary>
internal sealed class RealPlugin : IAsyncDisposable
{
    private PluginActivity? _activity;
    private PluginSet _set = PluginSet.Empty;

    private RealPlugin(RunningAgent agent, PluginHost host)
    {
        Agent = agent;
        Host = host;
    }

    public RunningAgent Agent { get; }

    public PluginHost Host { get; }

    public static async Task<RealPlugin> StartAsync()
    {
        RealPlugin? plugin = null;
        RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { PluginRoutes = () => [.. plugin?._set.Plugins.SelectMany(loaded => loaded.Routes) ?? []] });
        var store = new ResourceStore(CalicoKinds.All, []);
        plugin = new RealPlugin(agent, new PluginHost(DetachedHost.Services with { FeedOf = own => store.FeedFor(own) }));
        await plugin.LoadAsync(store);
        return plugin;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<IReadOnlyList<string>> UnloadAsync()
    {
        PluginSet set = _set;
        _set = PluginSet.Empty;
        IReadOnlyList<string> troubles = await set.StopAsync();
        _activity?.Use(PluginSet.Empty);
        return troubles;
    }

    public async ValueTask DisposeAsync()
    {
        await UnloadAsync();
        await Agent.DisposeAsync();
    }

    private async Task LoadAsync(ResourceStore store)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        string folder = Path.Combine(output.FullName, "../../../../plugins/Acme.Desired/bin", output.Parent!.Name, output.Name);
        _set = await Host.LoadAsync(new PluginRequest([Path.GetFullPath(folder)]));
        Assert.Empty(_set.Quarantined);
        _activity = new PluginActivity(store, NullLogger.Instance);
        _activity.Use(_set);
        await _activity.StartAsync(_set, TestContext.Current.CancellationToken);
    }
}
