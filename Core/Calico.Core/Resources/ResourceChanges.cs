using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>Several changes of a resource as one: from the version that a reader saw last to the one in force.</summary>
internal static class ResourceChanges
{
    public static void Merge(Dictionary<ResourceKey, ResourceChange> pending, ResourceChange change)
    {
        IResource? old = pending.TryGetValue(change.Key, out ResourceChange? earlier) ? earlier.Old : change.Old;
        if (old is null && change.New is null)
        {
            pending.Remove(change.Key); // came and went unseen
        }
        else
        {
            pending[change.Key] = new ResourceChange(change.Key, old, change.New);
        }
    }

    /// <summary>A batch that was not applied, and the one that came after it, as one.</summary>
    public static ResourceBatch Merge(ResourceBatch unapplied, ResourceBatch next)
    {
        Dictionary<ResourceKey, ResourceChange> changes = unapplied.Changes.ToDictionary(change => change.Key);
        foreach (ResourceChange change in next.Changes)
        {
            Merge(changes, change);
        }

        return new ResourceBatch(next.Version, unapplied.IsInitial || next.IsInitial, [.. changes.Values], next.Resources);
    }
}
