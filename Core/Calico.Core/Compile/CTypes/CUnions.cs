namespace Calico.Core.Compile;

/// <summary>Lays the fields of a struct out as lines of C; fields that overlap (LayoutKind.Explicit) become unions.</summary>
internal static class CUnions
{
    public static IEnumerable<string> Lines(CStruct layout)
    {
        foreach (var cluster in Clusters(layout.Fields))
        {
            if (cluster.Count == 1)
            {
                yield return "\t" + Member(cluster[0]);
                continue;
            }

            yield return "\tunion {";
            foreach (var row in Rows(layout, cluster))
            {
                if (row.Count == 1)
                {
                    yield return "\t\t" + Member(row[0]);
                    continue;
                }

                yield return "\t\tstruct {";
                foreach (var field in row)
                {
                    yield return "\t\t\t" + Member(field);
                }

                yield return layout.Packed ? "\t\t} __attribute__((packed));" : "\t\t};";
            }

            yield return layout.Packed ? "\t} __attribute__((packed));" : "\t};";
        }
    }

    private static string Member(CField field) =>
        $"{field.Declaration};{(field.ElementType.IsEnum ? $" /* enum {CNames.OfType(field.ElementType)} */" : "")}";

    /// <summary>Runs of fields that overlap one another.</summary>
    private static IEnumerable<List<CField>> Clusters(IReadOnlyList<CField> fields)
    {
        List<CField> cluster = [];
        var end = 0;
        foreach (var field in fields)
        {
            if (cluster.Count > 0 && field.Offset >= end)
            {
                yield return cluster;
                cluster = [];
            }

            cluster.Add(field);
            end = Math.Max(end, field.End);
        }

        yield return cluster;
    }

    /// <summary>The alternatives of a union: each begins at its start and has no gap.</summary>
    private static IEnumerable<List<CField>> Rows(CStruct layout, List<CField> cluster)
    {
        var start = cluster[0].Offset;
        var left = new List<CField>(cluster);
        while (left.Count > 0)
        {
            var row = new List<CField>();
            var end = start;
            while (left.Find(field => field.Offset == end) is { } next)
            {
                row.Add(next);
                left.Remove(next);
                end = next.End;
            }

            if (row.Count == 0)
            {
                throw new CTypeException(
                    layout.Type,
                    $"'{CNames.Readable(left[0].Field)}' overlaps others but no alternative of a C union reaches it",
                    "let overlapping fields begin at one offset, or put them into structs of their own");
            }

            yield return row;
        }
    }
}
