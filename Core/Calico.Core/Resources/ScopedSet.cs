using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>What is in force within a scope. It holds nothing else, however long it is kept.</summary>
internal sealed class ScopedSet : IResourceSet
{
    private readonly ImmutableDictionary<ResourceKey, IResource> _resources;

    private ScopedSet(ImmutableDictionary<ResourceKey, IResource> resources) => _resources = resources;

    public int Count => _resources.Count;

    /// <summary>All of a snapshot that is within a scope.</summary>
    public static ScopedSet Of(ResourceSnapshot snapshot, ResourceScope scope) => new(snapshot.Held
        .Where(held => scope.Takes(held.Resource))
        .ToImmutableDictionary(held => held.Key, held => held.Resource));

    /// <summary>The set after changes that are within the scope.</summary>
    public ScopedSet With(IEnumerable<ResourceChange> changes)
    {
        ImmutableDictionary<ResourceKey, IResource>.Builder after = _resources.ToBuilder();
        foreach (ResourceChange change in changes)
        {
            if (change.New is { } resource)
            {
                after[change.Key] = resource;
            }
            else
            {
                after.Remove(change.Key);
            }
        }

        return new ScopedSet(after.ToImmutable());
    }

    /// <summary>All of it, as additions.</summary>
    public ResourceChange[] AsChanges() =>
        [.. _resources.OrderBy(resource => resource.Key).Select(resource => new ResourceChange(resource.Key, null, resource.Value))];

    public T? Get<T>(ResourceKey key)
        where T : class, IResource => _resources.GetValueOrDefault(key) as T;

    public IEnumerable<T> All<T>()
        where T : class, IResource => _resources.Values.OfType<T>();
}
