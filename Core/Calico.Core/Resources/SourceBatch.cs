using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>What a source found new, applied at once.</summary>
/// <param name="IsSnapshot">Whether origins that it does not name are gone.</param>
/// <param name="Changes">What happened to each origin.</param>
public sealed record SourceBatch(bool IsSnapshot, ImmutableArray<OriginChange> Changes);

/// <summary>What happened to one origin.</summary>
/// <param name="Origin">The file, key or object.</param>
public abstract record OriginChange(string Origin);

/// <summary>The origin was read, and this is all that it holds now.</summary>
public sealed record OriginRead(string Origin, ImmutableArray<ResourceNode> Documents) : OriginChange(Origin);

/// <summary>The origin is there but makes no sense as a whole; what it held before stays in force.</summary>
public sealed record OriginUnreadable(string Origin, ResourceProblem Problem) : OriginChange(Origin);

/// <summary>The origin is gone, and what it held with it.</summary>
public sealed record OriginGone(string Origin) : OriginChange(Origin);
