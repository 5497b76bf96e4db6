using Calico.Core.Chain.Declarations;

namespace Calico.Core.Plugins;

/// <summary>The plugins that were loaded together, and those that were not. Immutable but for its end.</summary>
public sealed class PluginSet : IAsyncDisposable
{
    private readonly TimeSpan _patience;

    internal PluginSet(IReadOnlyList<LoadedPlugin> plugins, IReadOnlyList<QuarantinedPlugin> quarantined, TimeSpan patience)
    {
        Plugins = plugins;
        Quarantined = quarantined;
        _patience = patience;
    }

    /// <summary>No plugin at all: a host that has none configured.</summary>
    public static PluginSet Empty { get; } = new([], [], TimeSpan.Zero);

    /// <summary>The good ones, in the order of the configuration.</summary>
    public IReadOnlyList<LoadedPlugin> Plugins { get; }

    /// <summary>The others, and why.</summary>
    public IReadOnlyList<QuarantinedPlugin> Quarantined { get; }

    /// <summary>What the plugins ask of the chain: the planner's input.</summary>
    public IReadOnlyList<PluginDeclaration> Declarations => [.. Plugins.Select(plugin => plugin.Declaration)];

    /// <summary>All plugins' commands, by name.</summary>
    public IReadOnlyList<PluginCommand> Commands =>
        [.. Plugins.SelectMany(plugin => plugin.Commands).OrderBy(command => command.Name, StringComparer.Ordinal)];

    /// <summary>The plugin of this id; null where it is not loaded.</summary>
    public LoadedPlugin? Find(string id) => Plugins.FirstOrDefault(plugin => plugin.Id == id);

    /// <summary>
    /// The same without one plugin, which is stopped: for one that turns out bad later, in the planner, the compiler or
    /// the verifier.
    /// </summary>
    /// <param name="id">Whom.</param>
    /// <param name="reason">What is wrong, and what to do.</param>
    public async ValueTask<PluginSet> WithoutAsync(string id, string reason)
    {
        if (Find(id) is not { } plugin)
        {
            return this;
        }

        string? trouble = await plugin.StopAsync(_patience);
        var quarantined = new QuarantinedPlugin(plugin.Folder, id, reason, trouble ?? "");
        return new PluginSet([.. Plugins.Where(other => other != plugin)], [.. Quarantined, quarantined], _patience);
    }

    /// <summary>Stops and unloads all of them, each with the same patience.</summary>
    /// <returns>What went wrong.</returns>
    public async ValueTask<IReadOnlyList<string>> StopAsync()
    {
        string?[] troubles = await Task.WhenAll(Plugins.Select(plugin => plugin.StopAsync(_patience).AsTask()));
        return [.. troubles.OfType<string>()];
    }

    /// <summary>As <see cref="StopAsync"/>, for a caller who does not ask how it went.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();
}
