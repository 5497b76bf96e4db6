using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>A file, key or object of one source.</summary>
public readonly record struct OriginKey(string Source, string Origin);

/// <summary>A resource in force.</summary>
/// <param name="Key">Which resource.</param>
/// <param name="Resource">The version in force.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Document">What was written, position included.</param>
/// <param name="Warnings">What it says without effect.</param>
/// <param name="IsLastGood">Whether its origin now says something else that is refused, so that this older version stays in force.</param>
public sealed record HeldResource(
    ResourceKey Key, IResource Resource, OriginKey Origin, ResourceNode Document, ImmutableArray<ResourceProblem> Warnings, bool IsLastGood)
{
    /// <summary>Where the version in force was written.</summary>
    public SourcePosition Position => Document.Position;
}
