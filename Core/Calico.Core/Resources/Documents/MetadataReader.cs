using System.Buffers;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>Reads <c>metadata</c> by the rules of Kubernetes, which Calico's resources share.</summary>
internal static class MetadataReader
{
    private const string DefaultNamespace = "default";
    private const int LongestName = 253;
    private const int LongestLabelPart = 63;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <returns>The metadata; with an empty name if it cannot be told which resource is meant.</returns>
    public static ObjectMeta Read(FieldReader metadata, ResourceKind kind)
    {
        string name = metadata.RequiredText("name");
        bool isNamed = IsName(metadata, "name", name);
        isNamed &= TryReadNamespace(metadata, kind, out string? space);
        IReadOnlyDictionary<string, string> labels = metadata.TextMap("labels");
        CheckLabels(metadata, labels);
        metadata.Ignore(
            "managedFields", "ownerReferences", "finalizers", "selfLink", "generateName", "deletionTimestamp", "deletionGracePeriodSeconds", "clusterName");
        return new ObjectMeta
        {
            Name = isNamed ? name : "",
            Namespace = space,
            Labels = labels,
            Annotations = metadata.TextMap("annotations"),
            Uid = metadata.Text("uid"),
            ResourceVersion = metadata.Text("resourceVersion"),
            Generation = metadata.Number("generation", 0, long.MaxValue),
            CreationTimestamp = metadata.Text("creationTimestamp"),
        };
    }

    private static bool TryReadNamespace(FieldReader metadata, ResourceKind kind, out string? space)
    {
        space = metadata.Text("namespace");
        if (!kind.IsNamespaced)
        {
            bool isNamed = string.IsNullOrEmpty(space);
            if (!isNamed)
            {
                metadata.Error("namespace", $"must be left out: a {kind.Kind} is not in a namespace");
            }

            space = null;
            return isNamed;
        }

        if (string.IsNullOrEmpty(space))
        {
            space = DefaultNamespace;
        }

        return IsName(metadata, "namespace", space);
    }

    private static bool IsName(FieldReader metadata, string field, string name)
    {
        if (name.Length > LongestName)
        {
            metadata.Error(field, $"is longer than {LongestName} characters");
            return false;
        }

        if (name.Length > 0 && (name.AsSpan().ContainsAnyExcept(NameCharacters) || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])))
        {
            metadata.Error(field, $"'{name}' is not a name: only lower-case letters, digits, '-' and '.' between letters or digits");
            return false;
        }

        return true;
    }

    private static void CheckLabels(FieldReader metadata, IReadOnlyDictionary<string, string> labels)
    {
        foreach ((string key, string value) in labels)
        {
            ReadOnlySpan<char> part = key.AsSpan(key.IndexOf('/', StringComparison.Ordinal) + 1);
            if (!IsLabelPart(part) || key.StartsWith('/'))
            {
                metadata.Error("labels", $"'{key}' is not a label's name: at most {LongestLabelPart} letters, digits, '-', '_' and '.', after an optional 'domain/'");
            }

            if (value.Length > 0 && !IsLabelPart(value))
            {
                metadata.Error("labels", $"'{value}' is not a label's value ('{key}'): at most {LongestLabelPart} letters, digits, '-', '_' and '.'");
            }
        }
    }

    private static bool IsLabelPart(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= LongestLabelPart
        && !part.ContainsAnyExcept(LabelCharacters)
        && char.IsAsciiLetterOrDigit(part[0])
        && char.IsAsciiLetterOrDigit(part[^1]);
}
