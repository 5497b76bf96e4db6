using Calico.Benchmarks.Measuring;

namespace Calico.Benchmarks.Reporting;

/// <summary>The best and the usual of several samples.</summary>
internal sealed record Figure(double Min, double Median)
{
    public static Figure Of(Series series) => new(Round(series.Min), Round(series.Median));

    /// <summary>What is left when the floor's own cost is taken off, best from best and usual from usual.</summary>
    public static Figure Above(Series series, Series floor) =>
        new(Round(series.Min - floor.Min), Round(series.Median - floor.Median));

    // Beyond three digits everything is noise.
    internal static double Round(double value) => Math.Round(value, Math.Abs(value) < 100 ? 2 : 1);
}

/// <summary>One line of the report.</summary>
/// <param name="Id">Stable.</param>
/// <param name="Unit">What <paramref name="Min"/>, <paramref name="Median"/> and the rivals' figures count.</param>
/// <param name="Min">The best sample; for <c>testrun/…</c> above the floor.</param>
/// <param name="Median">The usual sample, likewise.</param>
/// <param name="Floor">The best sample of the empty or stateless program measured beside it; null where there is none.</param>
/// <param name="Runs">Samples of each contender.</param>
/// <param name="Rivals">What others need for the same, measured in turn with it.</param>
internal sealed record Row(
    string Id, string Unit, double Min, double Median, double? Floor, int Runs, IReadOnlyDictionary<string, Figure> Rivals)
{
    /// <summary>A row whose figures are above an empty program's.</summary>
    public static Row AboveFloor(string id, IReadOnlyDictionary<string, Series> samples, string ours, string floor, params IReadOnlyList<string> rivals)
    {
        var figure = Figure.Above(samples[ours], samples[floor]);
        return new Row(
            id, "ns", figure.Min, figure.Median, Figure.Round(samples[floor].Min), samples[ours].Count,
            rivals.ToDictionary(rival => rival, rival => Figure.Above(samples[rival], samples[floor])));
    }

    /// <summary>A row of plain figures.</summary>
    public static Row Plain(string id, string unit, IReadOnlyDictionary<string, Series> samples, string ours, string? floor, params IReadOnlyList<string> rivals)
    {
        var figure = Figure.Of(samples[ours]);
        return new Row(
            id, unit, figure.Min, figure.Median, floor is null ? null : Figure.Round(samples[floor].Min), samples[ours].Count,
            rivals.Where(samples.ContainsKey).ToDictionary(rival => rival, rival => Figure.Of(samples[rival])));
    }
}
