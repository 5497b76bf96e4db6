using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Core.Events;
using Calico.Core.Maps;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>
/// A plugin that is an object of this process already, and not loaded from a folder: a test's, or an embedder's own. It
/// goes through the same checks and gets the same services; it cannot be unloaded.
/// </summary>
public sealed class PluginInstance : IAsyncDisposable
{
    private readonly PluginContribution _contribution;
    private readonly RingReaders _readers = new();
    private PluginServices? _services;
    private MapSet? _maps;

    private PluginInstance(PluginContribution contribution) => _contribution = contribution;

    /// <summary>The plugin's identity.</summary>
    public string Id => Declaration.Id;

    /// <summary>What it asks of the chain.</summary>
    public PluginDeclaration Declaration => _contribution.Declaration;

    /// <summary>The templates and headers that its assembly carries, as resources below <c>bpf/</c>.</summary>
    public ITemplateSource Templates => _contribution.Templates;

    /// <summary>Its commands; they run once it is started.</summary>
    public IReadOnlyList<PluginCommand> Commands => _contribution.Commands;

    /// <summary>Its services.</summary>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public IServiceProvider Services => _services?.Provider ?? throw new InvalidOperationException($"Plugin '{Id}' was not started: it has no services yet.");

    /// <summary>Has a plugin declare itself, on the calling thread.</summary>
    /// <param name="plugin">Of a class marked with <see cref="DataplanePluginAttribute"/>.</param>
    /// <param name="options">What an operator would give; see <see cref="OptionText"/>.</param>
    /// <param name="templates">Its templates; null: those in the assembly of its class.</param>
    /// <exception cref="PluginLoadException">Its class has no identity, or it cannot take its options.</exception>
    /// <exception cref="ArgumentException">It declares something that cannot be; what else the plugin throws goes through unchanged.</exception>
    public static PluginInstance Configure(
        IDataplanePlugin plugin, MappingNode options, ITemplateSource? templates = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var id = EntryPoint.MarkOf(plugin.GetType()).Id;
        var builder = new PluginBuilder(id, options, templates ?? new EmbeddedTemplates(plugin.GetType().Assembly, PluginLoader.TemplatePrefix, id));
        try
        {
            plugin.Configure(builder);
            PluginContribution contribution = builder.Close();
            PluginLoader.ThrowIfOptionsAreWrong(builder, isComplete: true);
            return new PluginInstance(contribution);
        }
        catch (Exception failure) when (failure is not PluginLoadException)
        {
            // A value that stands in for a wrong one may be what Configure stumbled over.
            PluginLoader.ThrowIfOptionsAreWrong(builder, isComplete: false);
            throw;
        }
    }

    /// <summary>Builds its services.</summary>
    /// <param name="loggers">Receives what they log.</param>
    /// <param name="flows">The tracked connections.</param>
    /// <param name="maps">Where the plugin's maps and event streams are.</param>
    /// <param name="change">Puts other services in the place of the plugin's own, before anything is made; null: none.</param>
    /// <exception cref="AggregateException">They do not fit together.</exception>
    public void Start(ILoggerFactory loggers, IFlowTable flows, MapSet maps, Action<IServiceCollection>? change = null)
    {
        HostServices host = new(loggers, flows, id => new PluginMapAccess(id, maps))
        {
            EventsOf = id => new PluginEventAccess(id, maps, _readers),
        };
        _maps = maps;
        change?.Invoke(_contribution.Services);
        _contribution.Lend(host);
        _services = PluginServices.Build(Id, _contribution.Services, host);
        foreach (var command in Commands)
        {
            command.Bind(_services);
        }

        foreach (var decoder in _contribution.Decoders)
        {
            decoder.Bind(_services);
        }
    }

    /// <summary>Takes what is in one of its event streams now, the oldest first. Not beside another reader of the stream.</summary>
    /// <typeparam name="T">The layout of one event.</typeparam>
    /// <param name="stream">What it declared.</param>
    /// <exception cref="ArgumentException">The stream is not its own.</exception>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public IReadOnlyList<T> TakeEvents<T>(EventStream<T> stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        string name = Declaration.Events.FirstOrDefault(declared => stream.PluginId == Id && declared.Name == stream.Name)?.CName
            ?? throw new ArgumentException($"The event stream '{stream.Name}' is not of plugin '{Id}'.", nameof(stream));
        MapSet maps = _maps ?? throw new InvalidOperationException($"Plugin '{Id}' was not started: it has no event streams yet.");
        using var ring = new RingBuffer(maps[name]);
        var batch = new T[64];
        List<T> events = [];
        for (int count = ring.Read<T>(batch); count > 0; count = ring.Read<T>(batch))
        {
            events.AddRange(batch.AsSpan(0, count));
        }

        return events;
    }

    /// <summary>Stops its commands and disposes its services.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _readers.Dispose();
    }
}
