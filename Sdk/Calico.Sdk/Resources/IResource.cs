namespace Calico.Sdk.Resources;

/// <summary>An object of the desired state: an endpoint, a policy, or a plugin's own kind.</summary>
/// <remarks>
/// Implementations are immutable: an object may be read by any thread, and a reconciler may keep it. Two versions of a resource are
/// told apart by the change feed, not by comparing objects.
/// </remarks>
public interface IResource
{
    /// <summary>The name, labels and so on that every kind has.</summary>
    ObjectMeta Metadata { get; }
}
