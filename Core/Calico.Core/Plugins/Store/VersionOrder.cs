using System.Globalization;

namespace Calico.Core.Plugins;

/// <summary>Orders versions as SemVer 2.0 does (section 11): numbers as numbers, 1.0.0-beta before 1.0.0.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        (string numbers, string? label) = Parts(x ?? "");
        (string otherNumbers, string? otherLabel) = Parts(y ?? "");
        int order = CompareDotted(numbers, otherNumbers, missing: "0");
        return order != 0 ? order
            : label is null || otherLabel is null ? (label is null).CompareTo(otherLabel is null)
            : CompareDotted(label, otherLabel, missing: "");
    }

    private static (string Numbers, string? Label) Parts(string version)
    {
        string withoutBuild = version.Split('+')[0];
        int dash = withoutBuild.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (withoutBuild, null) : (withoutBuild[..dash], withoutBuild[(dash + 1)..]);
    }

    private static int CompareDotted(string text, string other, string missing)
    {
        string[] parts = text.Split('.'), others = other.Split('.');
        for (int index = 0; index < Math.Max(parts.Length, others.Length); index++)
        {
            string part = index < parts.Length ? parts[index] : missing, otherPart = index < others.Length ? others[index] : missing;
            bool isNumber = ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number);
            bool isOtherNumber = ulong.TryParse(otherPart, NumberStyles.None, CultureInfo.InvariantCulture, out ulong otherNumber);
            int order = isNumber && isOtherNumber ? number.CompareTo(otherNumber)
                : isNumber != isOtherNumber && part.Length > 0 && otherPart.Length > 0 ? isNumber ? -1 : 1
                : string.CompareOrdinal(part, otherPart);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
