using System.Collections.Concurrent;
using Calico.Core.Resources;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>
/// Runs what a plugin does in the background, each on a loop of its own that takes part in the plugin's life: unloading
/// the plugin cancels them and waits for them, as long as its patience lasts. Each part can be started once.
/// </summary>
internal sealed class PluginWork(string pluginId, IReadOnlyList<WorkDeclaration> work, PluginServices? services)
{
    private readonly ConcurrentQueue<WorkHealth> _health = [];
    private int _sourcesStarted;
    private int _started;

    /// <summary>Nothing to do: a plugin that was stopped.</summary>
    public static PluginWork None { get; } = new("", [], null);

    /// <summary>The store's names for the plugin's sources.</summary>
    public IReadOnlyList<string> SourceNames => [.. Of(WorkKind.Source).Select(NameOf)];

    /// <summary>What is wrong now, a sentence each.</summary>
    public IReadOnlyList<string> Problems => [.. _health.Select(health => health.Problem).OfType<string>()];

    /// <summary>Begins to read the plugin's sources.</summary>
    public void StartSources(ResourceStore store)
    {
        if (Interlocked.Exchange(ref _sourcesStarted, 1) != 0)
        {
            return;
        }

        foreach (WorkDeclaration source in Of(WorkKind.Source))
        {
            var loop = new SourceLoop(source, NameOf(source), store, Watch($"the resource source '{source.Name}'", "It is read again; what it gave stays in force."));
            Begin(loop.RunAsync);
        }
    }

    /// <summary>Starts the reconcilers, and when each has had its first round (or patience is at its end) the services.</summary>
    public async Task StartAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (services is null || Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        var rounds = new List<Task>();
        foreach (WorkDeclaration reconciler in Of(WorkKind.Reconciler))
        {
            var loop = new ReconcilerLoop(
                reconciler,
                services.Provider.GetRequiredService<IResourceFeed>(),
                Watch($"its reconciler {reconciler.Name}", "It is tried again; what it did before stays in force."));
            rounds.Add(loop.FirstRound);
            Begin(loop.RunAsync);
        }

        await Task.WhenAny(Task.WhenAll(rounds), Task.Delay(patience, cancellationToken));
        foreach (WorkDeclaration service in Of(WorkKind.Service))
        {
            Begin(new ServiceLoop(service, Watch($"its service {service.Name}", "It is started again.")).RunAsync);
        }
    }

    private IEnumerable<WorkDeclaration> Of(WorkKind kind) => work.Where(declared => declared.Kind == kind);

    private string NameOf(WorkDeclaration source) => $"{pluginId}:{source.Name}";

    private WorkHealth Watch(string what, string consequence)
    {
        ILogger log = services!.Provider.GetRequiredService<ILoggerFactory>().CreateLogger<PluginWork>();
        var health = new WorkHealth($"Plugin '{pluginId}': {what}", consequence, log);
        _health.Enqueue(health);
        return health;
    }

    // The use keeps the container alive until the loop has ended. Nobody awaits the task: the loops catch all.
    private void Begin(Func<IServiceProvider, CancellationToken, Task> loop)
    {
        if (services!.Begin(CancellationToken.None) is { } use)
        {
            _ = Task.Run(async () =>
            {
                using (use)
                {
                    await loop(use.Provider, use.Stopping);
                }
            });
        }
    }
}
