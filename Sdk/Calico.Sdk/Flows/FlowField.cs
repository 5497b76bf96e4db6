namespace Calico.Sdk;

/// <summary>A claimed field of a flow. Read it with <see cref="Flow.Get{T}"/>.</summary>
/// <typeparam name="T">Its layout.</typeparam>
/// <param name="PluginId">The plugin that claimed it.</param>
/// <param name="Name">Its name in that plugin.</param>
public sealed record FlowField<T>(string PluginId, string Name)
    where T : unmanaged;
