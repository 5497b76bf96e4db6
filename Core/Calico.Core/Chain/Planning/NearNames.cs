namespace Calico.Core.Chain.Planning;

/// <summary>What somebody may have meant who mistyped a name.</summary>
internal static class NearNames
{
    private const int MostSuggestions = 3;

    /// <summary>A half sentence such as <c> (did you mean 'policy'?)</c>, or nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        List<string> near = [.. known
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, name.Length / 3) || Contains(name, pair.candidate))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(MostSuggestions)
            .Select(pair => $"'{pair.candidate}'")];
        return near.Count == 0 ? "" : $" (did you mean {string.Join(" or ", near)}?)";
    }

    private static bool Contains(string a, string b) =>
        Math.Min(a.Length, b.Length) >= 3 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal));

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
