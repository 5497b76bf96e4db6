namespace Calico.Sdk;

/// <summary>A declared stream of events. Read it at run time with <see cref="IPluginEvents.ReadAsync"/>.</summary>
/// <typeparam name="T">The layout of one event.</typeparam>
/// <param name="PluginId">The plugin that declared it.</param>
/// <param name="Name">Its name in that plugin.</param>
public sealed record EventStream<T>(string PluginId, string Name)
    where T : unmanaged;
