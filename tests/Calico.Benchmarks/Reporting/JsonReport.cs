using System.Text.Json;

namespace Calico.Benchmarks.Reporting;

/// <summary>The rows for other programs: one JSON array.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(IReadOnlyList<Row> rows) => Console.Out.WriteLine(JsonSerializer.Serialize(rows, s_options));
}
