using Calico.Agent.Api.Contracts;

namespace Calico.Agent.Api;

/// <summary>What can be asked of the desired state. Thread-safe.</summary>
internal interface IResourceReports
{
    /// <summary>What is in force and what is refused.</summary>
    /// <param name="filter">Which of it.</param>
    ResourceListing List(ResourceFilter filter);
}

/// <summary>Which resources are asked for; null = any.</summary>
/// <param name="Kind">In any case, singular or plural.</param>
/// <param name="Namespace">Exactly.</param>
/// <param name="Name">Exactly.</param>
/// <param name="WithDocuments">Whether what was written is wanted too.</param>
internal sealed record ResourceFilter(string? Kind = null, string? Namespace = null, string? Name = null, bool WithDocuments = false)
{
    public bool Takes(string? kind, string? @namespace, string? name) =>
        TakesKind(kind) && (Namespace is null || Namespace == @namespace) && (Name is null || Name == name);

    private bool TakesKind(string? kind) =>
        Kind is null
        || (kind is not null && (Is(kind) || Is(kind + "s") || Is(kind + "es") || (kind.EndsWith('y') && Is(kind[..^1] + "ies"))));

    private bool Is(string word) => string.Equals(Kind, word, StringComparison.OrdinalIgnoreCase);
}
