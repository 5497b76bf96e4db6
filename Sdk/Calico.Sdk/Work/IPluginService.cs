namespace Calico.Sdk;

/// <summary>Something that a plugin does in the background as long as it is loaded.</summary>
/// <remarks>
/// A plugin adds one with <see cref="IPluginBuilder.Service{TService}"/>. It is a singleton of the plugin's container, started
/// when the plugin's maps exist and its reconcilers have had their first round. Use no thread or timer that outlives
/// <see cref="RunAsync"/>: it would keep the unloaded plugin in memory.
/// </remarks>
public interface IPluginService
{
    /// <summary>
    /// Runs until it is cancelled or has nothing more to do. If it throws, it is called again after a quarter of a second, then after
    /// twice as long each time, up to 30 seconds; the failure is logged once and shown by <c>calico status</c> until a call has
    /// lasted for a minute or has returned.
    /// </summary>
    /// <param name="cancellationToken">The plugin is being unloaded, or the agent stops: return soon.</param>
    /// <returns>Completes when it has ended.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
