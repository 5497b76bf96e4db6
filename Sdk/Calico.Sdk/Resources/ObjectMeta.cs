namespace Calico.Sdk.Resources;

/// <summary>What every resource has, whatever its kind.</summary>
public sealed record ObjectMeta
{
    /// <summary>The name, unique within kind and namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; null for a kind that has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Names and values that selectors match.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap;

    /// <summary>Names and values that nobody matches: notes and settings.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap;

    /// <summary>An identity that a re-created object of the same name does not share; null if the source gives none.</summary>
    public string? Uid { get; init; }

    /// <summary>The version of the object in its source, opaque; null if the source gives none.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts changes of the desired state; null if the source gives none.</summary>
    public long? Generation { get; init; }

    /// <summary>When the object was made, as written; null if the source gives none.</summary>
    public string? CreationTimestamp { get; init; }

    private static IReadOnlyDictionary<string, string> EmptyMap { get; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
}
