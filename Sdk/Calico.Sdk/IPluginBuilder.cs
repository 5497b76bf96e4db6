using Microsoft.Extensions.DependencyInjection;

namespace Calico.Sdk;

/// <summary>Collects what a plugin contributes.</summary>
/// <remarks>
/// Not thread-safe; used inside <see cref="IDataplanePlugin.Configure"/> only. A name is checked when it is declared
/// (<see cref="ArgumentException"/>); what depends on other plugins is checked when the chain is planned.
/// </remarks>
public partial interface IPluginBuilder
{
    /// <summary>The plugin's identity, from <see cref="DataplanePluginAttribute"/>.</summary>
    string Id { get; }

    /// <summary>Services of this plugin: a container of its own, bridged to what the host offers.</summary>
    IServiceCollection Services { get; }

    /// <summary>This plugin cannot work without another.</summary>
    void Requires(string pluginId);

    /// <summary>This plugin cannot work beside another.</summary>
    void Conflicts(string pluginId);
}
