using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>
/// Loads the configured plugins. One that is bad is quarantined and reported; the others run on. A second load may
/// stand beside the first, until the caller stops that.
/// </summary>
public sealed class PluginHost
{
    private static readonly MappingNode s_noOptions = OptionText.Of([], "the configuration");

    private readonly HostServices _host;
    private readonly ILogger _log;
    private readonly List<(WeakReference Context, string Name)> _contexts = [];

    /// <param name="host">What is lent to the plugins.</param>
    public PluginHost(HostServices host)
    {
        _host = host;
        _log = host.Loggers.CreateLogger<PluginHost>();
    }

    /// <summary>
    /// How many plugin assemblies are in memory, running ones and stopped ones that the runtime has not collected (yet):
    /// if it grows with each reload, a plugin leaks.
    /// </summary>
    public int ContextsAlive => InMemory.Count;

    /// <summary>The plugins whose assemblies these are, as <c>ID VERSION</c>, the oldest first.</summary>
    public IReadOnlyList<string> InMemory
    {
        get
        {
            lock (_contexts)
            {
                _contexts.RemoveAll(loaded => !loaded.Context.IsAlive);
                return [.. _contexts.Select(loaded => loaded.Name)];
            }
        }
    }

    /// <summary>Loads all of them.</summary>
    public async Task<PluginSet> LoadAsync(PluginRequest request, CancellationToken cancellationToken = default)
    {
        var loader = new PluginLoader(_host, request.Owners, request.Patience, request.Digests);
        var loaded = new List<LoadedPlugin>();
        var quarantined = new List<QuarantinedPlugin>(request.Absent);
        foreach (QuarantinedPlugin absent in request.Absent)
        {
            _log.LogError("Plugin {Id} is quarantined: {Reason}", absent.Id, absent.Reason);
        }

        foreach (string folder in request.Folders)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await new PluginSet(loaded, quarantined, request.Patience).StopAsync();
                throw new OperationCanceledException("Loading the plugins was stopped.", cancellationToken);
            }

            try
            {
                LoadedPlugin plugin = await loader.LoadAsync(
                    folder,
                    id => request.Options.GetValueOrDefault(id) ?? request.OptionsByFolder.GetValueOrDefault(folder) ?? s_noOptions,
                    id => loaded.Find(other => other.Id == id)?.Folder);
                Remember(plugin);
                if ((CommandTakenTwice(plugin, loaded) ?? KindConflict.Explain(plugin, loaded)) is { } taken)
                {
                    await plugin.StopAsync(request.Patience);
                    throw new PluginLoadException(taken) { PluginId = plugin.Id };
                }

                loaded.Add(plugin);
                _log.LogInformation("Plugin {Id} {Version} loaded from {Folder}", plugin.Id, plugin.Version, plugin.Folder);
            }
            catch (PluginLoadException refused)
            {
                quarantined.Add(new QuarantinedPlugin(folder, refused.PluginId, refused.Message, refused.Detail));
                _log.LogError("Plugin folder {Folder} is quarantined: {Reason}", folder, refused.Message);
            }
        }

        foreach (string id in request.Options.Keys.Where(id => loaded.TrueForAll(plugin => plugin.Id != id)))
        {
            _log.LogWarning("The configuration has options for plugin {Id}, which is not loaded", id);
        }

        return new PluginSet(loaded, quarantined, request.Patience);
    }

    private static string? CommandTakenTwice(LoadedPlugin plugin, List<LoadedPlugin> loaded)
    {
        foreach (PluginCommand command in plugin.Commands)
        {
            if (loaded.Find(other => other.Commands.Any(known => known.Name == command.Name)) is { } owner)
            {
                return $"Plugin '{plugin.Id}' adds the command '{command.Name}', which plugin '{owner.Id}' has added already. Use one of the two plugins, or rename the command.";
            }
        }

        return null;
    }

    private void Remember(LoadedPlugin plugin)
    {
        lock (_contexts)
        {
            _contexts.Add((plugin.Context, $"{plugin.Id} {plugin.Version}"));
        }
    }
}
