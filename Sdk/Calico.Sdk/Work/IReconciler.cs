using Calico.Sdk.Resources;

namespace Calico.Sdk;

/// <summary>Brings what a plugin keeps (its maps, above all) to what the resources ask for.</summary>
/// <remarks>
/// <para>A plugin adds one with <see cref="IPluginBuilder.Reconciler{TReconciler}"/>. It is a singleton of the plugin's container.
/// The host calls it on a loop of its own, never twice at once, when the plugin's maps exist: first with everything, then with
/// changes. Changes that come meanwhile are merged into one batch. It may block its loop; others do not wait for it, except that the
/// agent waits up to ten seconds at its start for each reconciler's first round.</para>
/// <para>If it throws, the same changes come again, merged with those that came meanwhile: after a quarter of a second, then
/// after twice as long each time, up to 30 seconds, or at once when resources change. So it must be able to do the same twice.
/// What failed is logged once and shown by <c>calico status</c> until a round succeeds; nothing else is disturbed.</para>
/// <para>A plugin sees the shared kinds (those of <c>Calico.Sdk.Resources</c>) and its own; another plugin's it does not.</para>
/// </remarks>
public interface IReconciler
{
    /// <summary>Applies changes.</summary>
    /// <param name="batch">
    /// What changed and what is in force after it. With <see cref="ResourceBatch.IsInitial"/> it is everything, and what the plugin's
    /// maps hold beyond it, from an agent that ran before, is to be removed.
    /// </param>
    /// <param name="cancellationToken">The plugin is being unloaded, or the agent stops: return soon. What was written stays.</param>
    /// <returns>Completes when the changes are in force.</returns>
    Task ReconcileAsync(ResourceBatch batch, CancellationToken cancellationToken);
}
