using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>What became of one document.</summary>
/// <param name="Node">The document as it was written.</param>
/// <param name="Key">The resource that it describes; null if it cannot be told.</param>
/// <param name="Resource">The resource; null if the document is refused.</param>
/// <param name="Problems">Errors if it is refused, and warnings.</param>
public sealed record ParsedDocument(ResourceNode Node, ResourceKey? Key, IResource? Resource, ImmutableArray<ResourceProblem> Problems);
