using System.Globalization;
using Spectre.Console;

namespace Calico.Benchmarks.Reporting;

/// <summary>The rows for people.</summary>
internal static class TableReport
{
    // Wide enough for a row with all its rivals where the output is a file and has no width of its own.
    private const int LeastWidth = 160;

    public static void Write(IReadOnlyList<Row> rows, string machine)
    {
        var table = new Table().Border(TableBorder.Simple).Caption(machine);
        table.AddColumns("id", "unit");
        foreach (var number in new[] { "min", "median", "goal", "goal here", "floor", "runs" })
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        table.AddColumn("rivals (min / median)");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Id),
                new Text(row.Unit),
                new Text(Number(row.Min)),
                new Text(Number(row.Median)),
                new Text(Goals.Of(row) is { } goal ? Number(goal) : ""),
                new Text(Goals.Here(row, rows) is { } here ? Number(here) : ""),
                new Text(row.Floor is { } floor ? Number(floor) : ""),
                new Text(row.Runs.ToString(CultureInfo.InvariantCulture)),
                new Text(string.Join('\n', row.Rivals.Select(rival => $"{rival.Key} {Number(rival.Value.Min)} / {Number(rival.Value.Median)}"))));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
