using System.Collections.Immutable;

namespace Calico.Sdk.Resources;

/// <summary>What a source found new, applied at once.</summary>
/// <param name="IsSnapshot">Whether origins that it does not name are gone.</param>
/// <param name="Changes">What happened to each origin.</param>
public sealed record SourceBatch(bool IsSnapshot, ImmutableArray<OriginChange> Changes);

/// <summary>What happened to one origin.</summary>
/// <param name="Origin">The file, key or object: what an operator opens to correct it.</param>
public abstract record OriginChange(string Origin);

/// <summary>The origin was read, and this is all that it holds now.</summary>
/// <param name="Origin">The file, key or object.</param>
/// <param name="Documents">What was written, with its places; <see cref="IDocumentReader"/> makes it from text.</param>
public sealed record OriginRead(string Origin, ImmutableArray<ResourceNode> Documents) : OriginChange(Origin);

/// <summary>The origin is there but makes no sense as a whole; what it held before stays in force.</summary>
/// <param name="Origin">The file, key or object.</param>
/// <param name="Problem">What is wrong, and where.</param>
public sealed record OriginUnreadable(string Origin, ResourceProblem Problem) : OriginChange(Origin);

/// <summary>The origin is gone, and what it held with it.</summary>
/// <param name="Origin">The file, key or object.</param>
public sealed record OriginGone(string Origin) : OriginChange(Origin);
