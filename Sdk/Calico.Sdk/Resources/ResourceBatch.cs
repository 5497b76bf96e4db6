namespace Calico.Sdk.Resources;

/// <summary>Changes that belong together, such as those of one saved file: a reconciler applies all of them or none.</summary>
/// <param name="Version">Grows with each batch of a feed.</param>
/// <param name="IsInitial">Whether this is the first batch of a feed, which adds all that is in force: what a reconciler holds and
/// does not find in it is to be removed.</param>
/// <param name="Changes">The changes, at most one for a resource.</param>
/// <param name="Resources">What is in force after the changes.</param>
public sealed record ResourceBatch(long Version, bool IsInitial, IReadOnlyList<ResourceChange> Changes, IResourceSet Resources)
{
    /// <summary>The changes of one kind.</summary>
    /// <typeparam name="T">The type of the kind's objects.</typeparam>
    /// <returns>The changes, in the order of <see cref="Changes"/>.</returns>
    public IEnumerable<ResourceChange<T>> Of<T>()
        where T : class, IResource
    {
        foreach (ResourceChange change in Changes)
        {
            if ((change.New ?? change.Old) is T)
            {
                yield return new ResourceChange<T>(change.Key, change.Old as T, change.New as T);
            }
        }
    }
}
