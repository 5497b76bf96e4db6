namespace Calico.Core.Compile;

/// <summary>Names that a mistyped name may have meant.</summary>
internal static class NearNames
{
    /// <summary>At most three of the candidates, nearest first; a candidate that needs more than a third of its letters changed is no help.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates) =>
        [.. candidates.Distinct(StringComparer.Ordinal)
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, Math.Max(name.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(3).Select(pair => pair.candidate)];

    /// <summary>"did you mean 'a' or 'b'?" as the advice of an error, or <paramref name="otherwise"/> when nothing is near.</summary>
    public static string Advice(string name, IEnumerable<string> candidates, string otherwise)
    {
        var near = Of(name, candidates);
        return near.Count == 0 ? otherwise : $"perhaps {string.Join(" or ", near.Select(n => $"'{n}'"))} was meant";
    }

    // Levenshtein distance, two rows at a time.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
