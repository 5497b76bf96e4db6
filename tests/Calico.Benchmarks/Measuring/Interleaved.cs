namespace Calico.Benchmarks.Measuring;

/// <summary>
/// Measures contenders in turn, sample by sample, so that whatever else the machine does meets all of them. Each round
/// begins with another one, so that none always follows the same.
/// </summary>
internal static class Interleaved
{
    /// <param name="rounds">Samples of each contender.</param>
    /// <param name="contenders">Their names are unique.</param>
    public static IReadOnlyDictionary<string, Series> Measure(int rounds, params IReadOnlyList<Contender> contenders)
    {
        var series = contenders.ToDictionary(contender => contender.Name, _ => new Series());
        foreach (var contender in contenders)
        {
            // The first run pays for cold caches and for the runtime's compilation.
            contender.Sample();
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var contender = contenders[(round + turn) % contenders.Count];
                series[contender.Name].Add(contender.Sample());
            }
        }

        return series;
    }
}
