using System.Diagnostics.CodeAnalysis;

namespace Calico.Core.Resources;

/// <summary>Tells whether two refusals say the same, so that none is reported twice.</summary>
internal sealed class RefusalComparer : IEqualityComparer<RefusedDocument>
{
    public static RefusalComparer Instance { get; } = new();

    // A record compares an immutable array by its reference: the problems are compared one by one here.
    public bool Equals(RefusedDocument? left, RefusedDocument? right) =>
        ReferenceEquals(left, right)
        || (left is not null
            && right is not null
            && left.Key == right.Key
            && left.Origin == right.Origin
            && left.Position == right.Position
            && left.IsLastGoodInForce == right.IsLastGoodInForce
            && left.Problems.SequenceEqual(right.Problems));

    public int GetHashCode([DisallowNull] RefusedDocument refused) => HashCode.Combine(refused.Key, refused.Origin, refused.Position);
}
