using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>A decoder that a plugin adds.</summary>
internal abstract class PluginDecoder(string name)
{
    public string Name => name;

    /// <summary>The name of an id; null where there is none, the plugin fails, or it is being unloaded.</summary>
    public abstract string? Decode(ulong id);

    /// <summary>Gives it the container that makes the plugin's own part.</summary>
    internal abstract void Bind(PluginServices services);
}

/// <summary>A decoder whose type is the plugin's.</summary>
internal sealed class PluginDecoder<TDecoder>(string name) : PluginDecoder(name)
    where TDecoder : class, IIdDecoder
{
    private PluginServices? _services;

    internal override void Bind(PluginServices services) => _services = services;

    public override string? Decode(ulong id)
    {
        using PluginServices.Use? use = _services?.Begin(CancellationToken.None);
        try
        {
            return use?.Provider.GetRequiredService<TDecoder>().Decode(id);
        }
        catch (Exception)
        {
            // A listing shows the number then: no name is worth failing it, and its exception would keep the plugin alive.
            return null;
        }
    }
}
