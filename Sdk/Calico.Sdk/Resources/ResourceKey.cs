namespace Calico.Sdk.Resources;

/// <summary>What makes a resource one and the same over its versions.</summary>
/// <param name="ApiVersion">The group and version of its kind, such as <c>projectcalico.org/v3</c>.</param>
/// <param name="Kind">Its kind, such as <c>WorkloadEndpoint</c>.</param>
/// <param name="Namespace">Its namespace; null for a kind that has none.</param>
/// <param name="Name">Its name.</param>
public sealed record ResourceKey(string ApiVersion, string Kind, string? Namespace, string Name) : IComparable<ResourceKey>
{
    /// <summary>Orders by kind, namespace, name and API version: the order of a listing.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <returns>Less than zero when this key comes first.</returns>
    public int CompareTo(ResourceKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Namespace, other.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(ApiVersion, other.ApiVersion);
    }

    /// <summary>The key as <c>Kind namespace/name</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    /// <summary>Whether one key is ordered before another.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator <(ResourceKey left, ResourceKey right) => Compare(left, right) < 0;

    /// <summary>Whether one key is ordered before another or is the same.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator <=(ResourceKey left, ResourceKey right) => Compare(left, right) <= 0;

    /// <summary>Whether one key is ordered after another.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator >(ResourceKey left, ResourceKey right) => Compare(left, right) > 0;

    /// <summary>Whether one key is ordered after another or is the same.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator >=(ResourceKey left, ResourceKey right) => Compare(left, right) >= 0;

    private static int Compare(ResourceKey left, ResourceKey right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.CompareTo(right);
    }
}
