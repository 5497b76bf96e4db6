using System.Collections.Immutable;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>Says what of an origin is not in force, and why.</summary>
internal static class Refusals
{
    public static ImmutableArray<RefusedDocument> Of(OriginState origin, ImmutableDictionary<ResourceKey, HeldResource> held)
    {
        ImmutableArray<RefusedDocument>.Builder refused = ImmutableArray.CreateBuilder<RefusedDocument>();
        if (origin.Unreadable is { } problem)
        {
            // What it last said is in force or is listed below, whichever it was before.
            bool isInForce = origin.Documents.Any(document => document.Key is { } key && held.GetValueOrDefault(key)?.Origin == origin.Key);
            refused.Add(new RefusedDocument(null, origin.Key, problem.Position, [problem], isInForce));
        }

        foreach (ParsedDocument document in origin.Documents)
        {
            HeldResource? inForce = document.Key is null ? null : held.GetValueOrDefault(document.Key);
            if (document.Resource is null)
            {
                refused.Add(new RefusedDocument(
                    document.Key, origin.Key, document.Node.Position, document.Problems, inForce is { IsLastGood: true } && inForce.Origin == origin.Key));
            }
            else if (inForce is not null && !ReferenceEquals(inForce.Document, document.Node))
            {
                refused.Add(new RefusedDocument(document.Key, origin.Key, document.Node.Position, [Duplicate(document, inForce)], IsLastGoodInForce: false));
            }
        }

        return refused.ToImmutable();
    }

    private static ResourceProblem Duplicate(ParsedDocument document, HeldResource inForce) => new(
        ProblemSeverity.Error,
        document.Node.Position,
        "metadata.name",
        $"{document.Key} is defined already at {inForce.Position}, and that one is in force; remove or rename one of the two");
}
