using System.Diagnostics.CodeAnalysis;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Core.Plugins;
using Calico.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Benchmarks.Chains;

/// <summary>What the first-party plugins put into every chain that is measured, as an agent would load them.</summary>
internal static class FirstPartyPlugins
{
    /// <summary>Set by <c>./run</c>; else the folders of this build are looked for.</summary>
    private const string FoldersVariable = "CALICO_SDK_PLUGIN_FOLDERS";

    private static readonly Lazy<PluginSet> s_loaded = new(Load);

    public static IReadOnlyList<PluginDeclaration> Declarations => s_loaded.Value.Declarations;

    public static IReadOnlyDictionary<string, ITemplateSource> Templates =>
        s_loaded.Value.Plugins.ToDictionary(plugin => plugin.Id, plugin => plugin.Templates);

    private static PluginSet Load()
    {
        var services = new HostServices(NullLoggerFactory.Instance, new NoFlows(), _ => new NoMaps());
        var set = new PluginHost(services).LoadAsync(new PluginRequest(Folders())).GetAwaiter().GetResult();
        return set.Quarantined.Count == 0
            ? set
            : throw new InvalidOperationException($"A first-party plugin cannot be measured: {set.Quarantined[0].Reason}");
    }

    /// <summary>Where the solution was built: …/tests/Calico.Benchmarks/bin/CONFIGURATION/net10.0 is ours.</summary>
    public static string RepositoryRoot => Here.Parent?.Parent?.Parent?.Parent?.Parent?.FullName ?? "/";

    private static DirectoryInfo Here => new(AppContext.BaseDirectory.TrimEnd('/'));

    /// <summary>Each plugin's folder.</summary>
    public static IReadOnlyList<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(FoldersVariable) is { Length: > 0 } given)
        {
            return given.Split(':');
        }

        // A plugin's output folder has the same end as ours.
        var plugins = Path.Combine(RepositoryRoot, "Plugins");
        return Directory.Exists(plugins)
            ? [.. Directory.GetDirectories(plugins).Select(plugin => Path.Combine(plugin, "bin", Here.Parent!.Name, Here.Name)).Where(Directory.Exists).Order(StringComparer.Ordinal)]
            : throw new InvalidOperationException($"There are no plugins in {plugins}: start the benchmarks with ./run bench, or set {FoldersVariable}.");
    }

    // Nobody asks the plugins of a benchmark for anything: only their stages are wanted.
    private sealed class NoFlows : IFlowTable
    {
        public IEnumerable<Flow> Read() => [];
    }

    private sealed class NoMaps : IPluginMaps
    {
        public IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
            where TKey : unmanaged
            where TValue : unmanaged => throw new InvalidOperationException("A benchmark's plugins have no maps.");

        public bool TryOpen<TKey, TValue>(MapHandle<TKey, TValue> handle, [NotNullWhen(true)] out IPluginMap<TKey, TValue>? map)
            where TKey : unmanaged
            where TValue : unmanaged
        {
            map = null;
            return false;
        }
    }
}
