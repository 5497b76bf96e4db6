using Calico.Agent.Api;
using Calico.Core.Configuration;
using Calico.Core.Plugins;
using Calico.Core.Plugins.Development;
using Calico.Core.Resources;
using Calico.Core.Resources.Folder;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;
using Calico.Sdk.Resources;

namespace Calico.Agent.Hosting;

/// <summary>The dataplane that an agent hosts, with the store of resources that it follows.</summary>
internal sealed class AgentDataplane : IAgentDataplane
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ResourceStore _store;
    private readonly Dataplane _dataplane;
    private readonly AgentConfiguration _configuration;
    private readonly PluginDevelopment _development;
    private Task _reading = Task.CompletedTask;
    private Task _following = Task.CompletedTask;

    public AgentDataplane(AgentConfiguration configuration, ILoggerFactory loggers)
    {
        _configuration = configuration;
        _store = new ResourceStore(
            CalicoKinds.All,
            [new FolderSource(new FolderOptions { Folder = configuration.ResourceFolder }, loggers.CreateLogger<FolderSource>())],
            loggers.CreateLogger<ResourceStore>());
        _development = new PluginDevelopment(
            configuration.DevelopmentFolders, Path.Combine(configuration.Paths.Run, "dev"), loggers.CreateLogger<PluginDevelopment>());
        _dataplane = new Dataplane(configuration with { DevelopmentFolders = _development.Current }, _store, loggers);
        Resources = new StoreReports(_store);
        Commands = new PluginCommands(() => _dataplane.Commands);
    }

    public IDataplaneReports Reports => _dataplane;

    public IResourceReports Resources { get; }

    public ICommandCatalog Commands { get; }

    public IReadOnlyList<PluginRoute> Routes => _dataplane.Routes;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _reading = _store.RunAsync(_stopping.Token);
        await _dataplane.StartAsync(cancellationToken);
        _following = _development.RunAsync(token => ReloadPluginsAsync(new ReloadOptions(), token), _stopping.Token);
    }

    public Task<ReloadReport> ReloadAsync(ReloadOptions options, CancellationToken cancellationToken) =>
        _development.BetweenBuildsAsync(() => ReloadPluginsAsync(options, cancellationToken), cancellationToken);

    private Task<ReloadReport> ReloadPluginsAsync(ReloadOptions options, CancellationToken cancellationToken) =>
        _dataplane.ReloadAsync(Read, options, cancellationToken);

    // What the command line added to the file is still wanted.
    private AgentConfiguration Read() =>
        AgentConfigurationReader.Load(_configuration.File) with { DevelopmentFolders = _development.Current };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        await _following.ContinueWith(_ => { }, TaskScheduler.Default);
        await _dataplane.DisposeAsync();
        _development.Dispose();
        _stopping.Dispose();
    }
}
