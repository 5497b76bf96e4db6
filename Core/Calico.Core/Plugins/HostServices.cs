using Calico.Core.Events;
using Calico.Core.Resources;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>What the host lends to every plugin's container. The host owns them; a plugin's container never disposes them.</summary>
/// <param name="Loggers">Receives the plugins' logs.</param>
/// <param name="Flows">The tracked connections.</param>
/// <param name="MapsOf">The maps of the plugin with the given id: it can open its own only.</param>
public sealed record HostServices(ILoggerFactory Loggers, IFlowTable Flows, Func<string, IPluginMaps> MapsOf)
{
    /// <summary>Plugins are loaded only to read what they declare: there is no operator, so a required option may be missing.</summary>
    public bool IsDetached { get; init; }

    /// <summary>The event streams of the plugin with the given id; called once for each load of it. By default there are none to read.</summary>
    public Func<string, IPluginEvents> EventsOf { get; init; } = _ => new AbsentEvents();

    /// <summary>Names for ids; none where the host has no plugins.</summary>
    public IIdDecoders Decoders { get; init; } = IdDecoders.None;

    /// <summary>The resources, for a plugin whose own kinds have the given types; none where the host has no store.</summary>
    public Func<IReadOnlyCollection<Type>, IResourceFeed> FeedOf { get; init; } = own => new ResourceStore([], []).FeedFor(own);
}
