using System.Reflection;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;

namespace Calico.Core.Plugins;

/// <summary>A plugin whose assembly is loaded and whose services are built.</summary>
/// <remarks>
/// After <see cref="StopAsync"/> it lets go of all that is the plugin's. Whoever kept its <see cref="Declaration"/>
/// (which names its types), a command or a service keeps the plugin's assembly in memory.
/// </remarks>
public sealed partial class LoadedPlugin
{
    private readonly EntryPointNames _names;
    private PluginAssembly? _assembly;
    private PluginServices? _services;
    private PluginDeclaration? _declaration;
    private ITemplateSource? _templates;
    private IReadOnlyList<PluginCommand> _commands;

    internal LoadedPlugin(string folder, EntryPoint entry, PluginAssembly assembly, PluginContribution contribution, PluginServices services)
    {
        Folder = folder;
        _names = new EntryPointNames(entry.Id, entry.Description, entry.Version);
        _assembly = assembly;
        _services = services;
        _declaration = contribution.Declaration;
        _commands = contribution.Commands;
        Decoders = contribution.Decoders;
        _templates = contribution.Templates;
        Context = assembly.Context;
        Kinds = contribution.Kinds;
        Routes = contribution.Routes;
        Work = new PluginWork(entry.Id, contribution.Work, services);
    }

    /// <summary>The plugin's identity.</summary>
    public string Id => _names.Id;

    /// <summary>The version of its package.</summary>
    public string Version => _names.Version;

    /// <summary>One sentence.</summary>
    public string Description => _names.Description;

    /// <summary>Where it was loaded from, links resolved.</summary>
    public string Folder { get; }

    /// <summary>What it asks of the chain.</summary>
    /// <exception cref="ObjectDisposedException">It was stopped.</exception>
    public PluginDeclaration Declaration => Alive(_declaration);

    /// <summary>The templates and headers that its assembly carries, as resources below <c>bpf/</c>.</summary>
    /// <exception cref="ObjectDisposedException">It was stopped.</exception>
    public ITemplateSource Templates => Alive(_templates);

    /// <summary>The plugin's own assembly.</summary>
    /// <exception cref="ObjectDisposedException">It was stopped.</exception>
    public Assembly Assembly => Alive(_assembly).Assembly;

    /// <summary>Its services.</summary>
    /// <exception cref="ObjectDisposedException">It was stopped.</exception>
    public IServiceProvider Services => Alive(_services).Provider;

    /// <summary>Its commands; none after it was stopped.</summary>
    public IReadOnlyList<PluginCommand> Commands => _commands;

    /// <summary>Dead once nothing refers to the stopped plugin any more.</summary>
    internal WeakReference Context { get; }

    /// <summary>Stops its commands, disposes its services and asks the runtime to unload it.</summary>
    /// <param name="patience">How long it may take.</param>
    /// <returns>Null, or what went wrong: it is unloaded all the same, as far as what still runs allows.</returns>
    public async ValueTask<string?> StopAsync(TimeSpan patience)
    {
        PluginServices? services = Interlocked.Exchange(ref _services, null);
        PluginAssembly? assembly = Interlocked.Exchange(ref _assembly, null);
        _declaration = null;
        _commands = [];
        Decoders = [];
        _templates = null;
        ForgetWork();
        try
        {
            if (services is not null)
            {
                // On another thread: a Dispose that blocks would take ours.
                await Task.Run(async () => await services.DisposeAsync()).WaitAsync(patience);
            }

            return null;
        }
        catch (TimeoutException)
        {
            return $"Plugin '{Id}' had not stopped after {patience.TotalSeconds:0.#} s. It was abandoned: what it still runs keeps its assembly in memory. Let its commands, reconcilers and services heed their cancellation tokens.";
        }
        catch (Exception failure)
        {
            return $"Plugin '{Id}' failed while it was stopped: {ExceptionText.Line(failure)}";
        }
        finally
        {
            assembly?.Dispose();
        }
    }

    private T Alive<T>(T? part)
        where T : class => part ?? throw new ObjectDisposedException(nameof(LoadedPlugin), $"Plugin '{Id}' was stopped.");

    /// <summary>The words of an <see cref="EntryPoint"/> without its type, which would keep the assembly loaded.</summary>
    private sealed record EntryPointNames(string Id, string Description, string Version);
}
