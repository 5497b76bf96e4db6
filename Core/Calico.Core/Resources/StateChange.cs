using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>What a batch did to the desired state.</summary>
internal sealed record StateChange(
    bool IsAny,
    IReadOnlyList<ResourceChange> Changes,
    IReadOnlyList<RefusedDocument> NewlyRefused,
    ImmutableDictionary<ResourceKey, HeldResource> Held,
    ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>> Refused);
