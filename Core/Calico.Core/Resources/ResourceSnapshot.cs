using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>All that a store holds and refuses at one moment.</summary>
public sealed class ResourceSnapshot : IResourceSet
{
    private readonly ImmutableDictionary<ResourceKey, HeldResource> _held;
    private readonly ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>> _refused;

    internal ResourceSnapshot(
        long version, ImmutableDictionary<ResourceKey, HeldResource> held, ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>> refused)
    {
        Version = version;
        _held = held;
        _refused = refused;
    }

    /// <summary>Grows with every change of what is held or refused.</summary>
    public long Version { get; }

    /// <inheritdoc/>
    public int Count => _held.Count;

    /// <summary>The resources in force, in the order of a listing.</summary>
    public IEnumerable<HeldResource> Held => _held.Values.OrderBy(held => held.Key);

    /// <summary>What is not in force, ordered by place.</summary>
    public IEnumerable<RefusedDocument> Refused => _refused
        .OrderBy(origin => origin.Key.Source, StringComparer.Ordinal)
        .ThenBy(origin => origin.Key.Origin, StringComparer.Ordinal)
        .SelectMany(origin => origin.Value);

    /// <summary>The resource of this key with its place and warnings; null if there is none.</summary>
    public HeldResource? Find(ResourceKey key) => _held.GetValueOrDefault(key);

    /// <inheritdoc/>
    public T? Get<T>(ResourceKey key)
        where T : class, IResource => _held.GetValueOrDefault(key)?.Resource as T;

    /// <inheritdoc/>
    public IEnumerable<T> All<T>()
        where T : class, IResource => _held.Values.Select(held => held.Resource).OfType<T>();
}
