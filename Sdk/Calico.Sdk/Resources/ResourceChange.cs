namespace Calico.Sdk.Resources;

/// <summary>What happened to a resource.</summary>
public enum ResourceChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It says something else than before.</summary>
    Updated,

    /// <summary>It is gone.</summary>
    Removed,
}

/// <summary>A change of one resource of any kind.</summary>
/// <param name="Key">The resource.</param>
/// <param name="Old">The version that was in force; null if there was none.</param>
/// <param name="New">The version that is in force; null if there is none.</param>
public sealed record ResourceChange(ResourceKey Key, IResource? Old, IResource? New)
{
    /// <summary>What happened.</summary>
    public ResourceChangeKind Kind => KindOf(Old, New);

    internal static ResourceChangeKind KindOf(object? old, object? now) =>
        old is null ? ResourceChangeKind.Added : now is null ? ResourceChangeKind.Removed : ResourceChangeKind.Updated;
}

/// <summary>A change of one resource of a known kind.</summary>
/// <typeparam name="T">The type of the kind's objects.</typeparam>
/// <param name="Key">The resource.</param>
/// <param name="Old">The version that was in force; null if there was none.</param>
/// <param name="New">The version that is in force; null if there is none.</param>
public sealed record ResourceChange<T>(ResourceKey Key, T? Old, T? New)
    where T : class, IResource
{
    /// <summary>What happened.</summary>
    public ResourceChangeKind Kind => ResourceChange.KindOf(Old, New);
}
