namespace Calico.Sdk.Resources;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearName
{
    private const int LongestCompared = 64;

    /// <summary>The candidate that differs from <paramref name="name"/> by few letters, if there is one.</summary>
    /// <param name="name">The name that was written.</param>
    /// <param name="candidates">The names that exist.</param>
    /// <returns>The nearest of them, or null when none is near.</returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        if (name.Length > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        int allowed = Math.Max(1, name.Length / 3);
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance <= allowed)
            {
                nearest = candidate;
                allowed = distance - 1;
            }
        }

        return nearest;
    }

    /// <summary>The hint as the end of a message, or nothing when no candidate is near.</summary>
    /// <param name="name">The name that was written.</param>
    /// <param name="candidates">The names that exist.</param>
    /// <returns>A clause that starts with <c>"; "</c>, or an empty text.</returns>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>Letters to insert, delete or replace, where a different case alone counts as nothing.</summary>
    private static int Distance(string left, string right)
    {
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int replace = previous[column - 1] + (char.ToUpperInvariant(left[row - 1]) == char.ToUpperInvariant(right[column - 1]) ? 0 : 1);
                current[column] = Math.Min(replace, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
