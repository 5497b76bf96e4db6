using System.Diagnostics.CodeAnalysis;
using System.Net;
using Calico.Core.Plugins;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Core.Tests.Plugins;

/// <summary>A host with one flow and no maps.</summary>
internal static class TestHost
{
    public static HostServices Services { get; } = new(NullLoggerFactory.Instance, new OneFlow(), _ => new NoMaps());

    /// <summary>Loads plugins that must all be good.</summary>
    public static async Task<PluginSet> LoadAsync(params IReadOnlyList<string> folders)
    {
        PluginSet set = await new PluginHost(Services).LoadAsync(new PluginRequest(folders));
        Assert.Empty(set.Quarantined);
        return set;
    }

    /// <summary>Loads what can be loaded.</summary>
    public static Task<PluginSet> TryAsync(PluginRequest request) => new PluginHost(Services).LoadAsync(request);

    /// <summary>Loads one plugin that must be refused.</summary>
    public static async Task<QuarantinedPlugin> RefuseAsync(string folder, params (string Name, string Value)[] options)
    {
        PluginRequest request = Request(folder, options);
        await using PluginSet set = await new PluginHost(Services).LoadAsync(request);
        Assert.Empty(set.Plugins);
        return Assert.Single(set.Quarantined);
    }

    /// <summary>One folder, and options for the plugin "obedient".</summary>
    public static PluginRequest Request(string folder, params (string Name, string Value)[] options) => new([folder])
    {
        Options = new Dictionary<string, MappingNode>
        {
            ["obedient"] = OptionText.Of(options.Select(option => KeyValuePair.Create(option.Name, option.Value)), "the test"),
        },
        Patience = TimeSpan.FromSeconds(options.Any(option => option.Value == "hang") ? 0.2 : 30),
    };

    private sealed class OneFlow : Flow, IFlowTable
    {
        public override byte Protocol => 6;

        public override IPEndPoint Source { get; } = IPEndPoint.Parse("10.0.0.1:40000");

        public override IPEndPoint Destination { get; } = IPEndPoint.Parse("10.0.1.2:80");

        public override FlowState State => FlowState.Established;

        public override FlowCounters Forward => new(3, 300);

        public override FlowCounters Reply => new(2, 200);

        public override DateTimeOffset LastSeen => DateTimeOffset.UnixEpoch;

        public override string? InputInterface => "cali1";

        public override string? OutputInterface => null;

        public IEnumerable<Flow> Read() => [this];

        public override T Get<T>(FlowField<T> field) => default;
    }

    private sealed class NoMaps : IPluginMaps
    {
        public IPluginMap<TKey, TValue> Open<TKey, TValue>(MapHandle<TKey, TValue> handle)
            where TKey : unmanaged
            where TValue : unmanaged => throw new InvalidOperationException("No generation is loaded.");

        public bool TryOpen<TKey, TValue>(MapHandle<TKey, TValue> handle, [NotNullWhen(true)] out IPluginMap<TKey, TValue>? map)
            where TKey : unmanaged
            where TValue : unmanaged
        {
            map = null;
            return false;
        }
    }
}
