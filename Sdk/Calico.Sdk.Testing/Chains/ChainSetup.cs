using Calico.Core.Chain.Rendering;
using Calico.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Sdk.Testing;

/// <summary>Says what a chain under test is made of. Every method returns the setup; used by one thread.</summary>
public sealed class ChainSetup
{
    private readonly List<Given> _plugins = [];

    internal ChainSetup()
    {
    }

    internal Hooks? OnHooks { get; private set; }

    internal string? OnlyStageName { get; private set; }

    internal string? Cpu { get; private set; }

    internal string Cache { get; private set; } = CacheFolders.Default();

    internal ILoggerFactory LoggerFactory { get; private set; } = NullLoggerFactory.Instance;

    internal ChainSettings Settings { get; private set; } = KernelChainRequest.SmallTables with { Trace = true };

    internal Action<string, IServiceCollection>? ServiceChange { get; private set; }

    /// <summary>Adds a plugin; several stand in one chain, as on a node.</summary>
    /// <typeparam name="TPlugin">Its class.</typeparam>
    /// <param name="setup">Its options; null: none.</param>
    public ChainSetup Plugin<TPlugin>(Action<PluginSetup>? setup = null)
        where TPlugin : IDataplanePlugin, new() => Plugin(new TPlugin(), setup);

    /// <inheritdoc cref="Plugin{TPlugin}"/>
    /// <param name="plugin">The plugin.</param>
    /// <param name="setup">Its options; null: none.</param>
    public ChainSetup Plugin(IDataplanePlugin plugin, Action<PluginSetup>? setup = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        PluginSetup options = new();
        setup?.Invoke(options);
        _plugins.Add(new Given(plugin, options));
        return this;
    }

    /// <summary>Gives the plugin that was added last an option, as an operator would.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="value">Its text.</param>
    /// <exception cref="InvalidOperationException">No plugin was added yet.</exception>
    public ChainSetup Option(string name, string value)
    {
        (_plugins.LastOrDefault() ?? throw new InvalidOperationException("Add a plugin before its options.")).Setup.Option(name, value);
        return this;
    }

    /// <summary>The hooks that get a chain. By default workload ingress and those on which the plugins' stages are.</summary>
    /// <param name="hooks">The fewer, the sooner a test begins: each is compiled for IPv4 and for IPv6.</param>
    public ChainSetup On(Hooks hooks)
    {
        OnHooks = hooks;
        return this;
    }

    /// <summary>Leaves out all stages of the plugins but one, which runs for every packet of its phase.</summary>
    /// <param name="name">The stage's name.</param>
    public ChainSetup OnlyStage(string name)
    {
        OnlyStageName = name;
        return this;
    }

    /// <summary>Workload traffic goes through the host's stack instead of past it: the agent's <c>hostRouting</c>.</summary>
    public ChainSetup HostRouting()
    {
        Settings = Settings with { HostRouting = true };
        return this;
    }

    /// <summary>How many flows the table of a family holds; the default is 4,096.</summary>
    /// <param name="flows">At least 1.</param>
    public ChainSetup FlowTable(uint flows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(flows);
        Settings = Settings with { Tables = Settings.Tables with { FlowsV4 = flows, FlowsV6 = flows } };
        return this;
    }

    /// <summary>
    /// Loads chains that record nothing, as they run on a node: results then have no stages, notes and interfaces. For a
    /// stage that the verifier takes only without the records.
    /// </summary>
    public ChainSetup Untraced()
    {
        Settings = Settings with { Trace = false };
        return this;
    }

    /// <summary>The instruction set to compile for: <c>v3</c> (kernels before 6.6) or <c>v4</c>; by default the newest that this kernel takes.</summary>
    /// <param name="cpu">As clang's <c>-mcpu</c> has it.</param>
    public ChainSetup InstructionSet(string cpu)
    {
        Cpu = cpu;
        return this;
    }

    /// <summary>Where compiled programs are kept; by default below the user's cache folder (see the package's README).</summary>
    /// <param name="folder">It is made where it does not exist.</param>
    public ChainSetup CacheFolder(string folder)
    {
        Cache = folder;
        return this;
    }

    /// <summary>Receives what the plugins' services log; by default nobody does.</summary>
    /// <param name="loggers">It stays the caller's.</param>
    public ChainSetup Loggers(ILoggerFactory loggers)
    {
        LoggerFactory = loggers;
        return this;
    }

    /// <summary>Puts services in the place of the plugins' own: fakes of what a test can't have.</summary>
    /// <param name="change">Gets a plugin's id and its services, once for each plugin, before anything is made.</param>
    public ChainSetup Services(Action<string, IServiceCollection> change)
    {
        ServiceChange = change;
        return this;
    }

    /// <summary>Compiles and loads the chains.</summary>
    /// <exception cref="ChainStartException">A plugin is wrong, or the machine lacks something; the message says what.</exception>
    public Task<ChainUnderTest> StartAsync() => Task.Run(() => ChainUnderTest.Start(this));

    /// <summary>Has the plugins declare themselves.</summary>
    internal IReadOnlyList<PluginInstance> Configure() => [.. _plugins.Select(given => StartFailures.Explain(
        () => PluginInstance.Configure(given.Plugin, OptionText.Of(given.Setup.Options, "the test")), given.Plugin.GetType()))];

    private sealed record Given(IDataplanePlugin Plugin, PluginSetup Setup);
}
