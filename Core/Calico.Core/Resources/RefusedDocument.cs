using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>A document, or a whole origin, that is not in force.</summary>
/// <param name="Key">The resource that it describes; null if that cannot be told.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Problems">Why it is refused, and warnings.</param>
/// <param name="IsLastGoodInForce">Whether an older version from the same origin stays in force instead.</param>
public sealed record RefusedDocument(
    ResourceKey? Key, OriginKey Origin, SourcePosition Position, ImmutableArray<ResourceProblem> Problems, bool IsLastGoodInForce);
