namespace Calico.Benchmarks.Reporting;

/// <summary>What the rows are to reach at most, on the machine that the goals were set for. Shown, never asserted.</summary>
internal static class Goals
{
    private static readonly Dictionary<string, double> s_goals = new()
    {
        ["testrun/established-tcp4-local"] = 45,
        ["testrun/established-tcp4-remote"] = 60,
        ["testrun/established-tcp4-local+16idle"] = 49,
        ["testrun/established-tcp4-remote+16idle"] = 64,
        ["testrun/established-tcp6-local"] = 58.5,
        ["testrun/established-tcp6-remote"] = 78,
        ["testrun/always-stage"] = 3,
        ["testrun/first-tcp4-local"] = 500,
        ["testrun/first-tcp6-local"] = 650,
        ["testrun/established-tcp4-random-480k"] = 480,
        ["live/established-udp4-local"] = 315,
        ["live/established-udp4-cross"] = 570,
        ["live/new-udp4-local"] = 800,
        ["scale/endpoints-500"] = 5,
        ["scale/endpoints-500-memory"] = 64,
    };

    // What the machine of the goals needed for the rows that the others scale with.
    private const string ScaleRow = "testrun/hash-lookup-16b";
    private const double HashLookup = 18;
    private const double RedirectLocal = 283;
    private const double RedirectCross = 488;

    /// <summary>The goal of a row; null where it has none. The goal of <c>tcp/…</c> is a part of what kernel forwarding needs beside it.</summary>
    public static double? Of(Row row) =>
        row.Id is "tcp/request-response-local" or "tcp/connect-local"
            && row.Rivals.TryGetValue(Rivals.Kernel, out var kernel)
            ? Figure.Round(0.97 * kernel.Min)
            : s_goals.TryGetValue(row.Id, out var goal) ? goal : null;

    /// <summary>
    /// The same, brought to this machine and hour: <c>testrun/…</c> by a hash lookup, <c>live/…</c> by the stateless
    /// redirect measured beside the row. Null where nothing was measured to scale by.
    /// </summary>
    public static double? Here(Row row, IReadOnlyList<Row> all)
    {
        if (Of(row) is not { } goal)
        {
            return null;
        }

        return row.Id.Split('/')[0] switch
        {
            "testrun" => all.FirstOrDefault(other => other.Id == ScaleRow) is { } scale ? goal * scale.Min / HashLookup : null,
            "live" => goal * row.Floor / (row.Id.EndsWith("-cross", StringComparison.Ordinal) ? RedirectCross : RedirectLocal),
            _ => goal,
        };
    }
}
