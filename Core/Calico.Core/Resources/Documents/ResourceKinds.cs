using System.Collections.Frozen;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>The kinds that are known, by API version and name.</summary>
public sealed class ResourceKinds
{
    private readonly FrozenDictionary<(string ApiVersion, string Kind), ResourceKind> _kinds;

    /// <exception cref="ArgumentException">Two kinds have the same name in the same API version.</exception>
    public ResourceKinds(IEnumerable<ResourceKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        var byName = new Dictionary<(string, string), ResourceKind>();
        foreach (ResourceKind kind in kinds)
        {
            if (!byName.TryAdd((kind.ApiVersion, kind.Kind), kind))
            {
                throw new ArgumentException($"The kind {kind.Kind} of {kind.ApiVersion} is registered twice. Remove one of the two plugins that bring it.", nameof(kinds));
            }
        }

        _kinds = byName.ToFrozenDictionary();
    }

    public IReadOnlyList<ResourceKind> All => _kinds.Values;

    public ResourceKind? Find(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));

    /// <summary>Why a kind is unknown, as the end of a sentence about the field <c>kind</c> or <c>apiVersion</c>.</summary>
    internal (string Field, string Reason) Explain(string apiVersion, string kind)
    {
        string[] versions = [.. _kinds.Values.Where(known => known.Kind == kind).Select(known => known.ApiVersion).Order(StringComparer.Ordinal)];
        if (versions.Length > 0)
        {
            return ("apiVersion", $"'{apiVersion}' has no kind {kind}; write {string.Join(" or ", versions)}");
        }

        string[] kinds = [.. _kinds.Values.Where(known => known.ApiVersion == apiVersion).Select(known => known.Kind).Order(StringComparer.Ordinal)];
        if (kinds.Length > 0)
        {
            return ("kind", $"'{kind}' is not a known kind of {apiVersion}{NearName.Hint(kind, kinds)} (known: {string.Join(", ", kinds)})");
        }

        string[] all = [.. _kinds.Values.Select(known => known.ApiVersion).Distinct().Order(StringComparer.Ordinal)];
        return ("apiVersion", $"'{apiVersion}' is not known{NearName.Hint(apiVersion, all)} (known: {string.Join(", ", all)}); a plugin that brings it may be missing");
    }
}
