using System.Globalization;
using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Example.LatencyHistogram;

/// <summary>Runs <c>calico latency</c>: adds the CPUs' histograms up.</summary>
internal sealed class ShowLatency(IPluginMaps maps, MapHandle<uint, ulong> histogram) : ICommandHandler<LatencyRow>
{
    private const int BarWidth = 40;

    public async IAsyncEnumerable<LatencyRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ulong[] counts = Counts();
        ulong all = counts.Aggregate(0UL, (sum, count) => sum + count), most = counts.Max();
        int first = Array.FindIndex(counts, count => count > 0), last = Array.FindLastIndex(counts, count => count > 0);
        // From the first bucket to the last that has something, the empty ones between too: the shape is the point.
        for (int bucket = Math.Max(first, 0); bucket <= last; bucket++)
        {
            yield return new LatencyRow(
                Time(1UL << bucket),
                counts[bucket],
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * counts[bucket] / all:0.0} %"),
                new string('#', (int)Math.Ceiling((double)BarWidth * counts[bucket] / most)));
        }

        await Task.CompletedTask;
    }

    private ulong[] Counts()
    {
        IPluginMap<uint, ulong> map = maps.Open(histogram);
        return [.. Enumerable.Range(0, (int)LatencyHistogramPlugin.Buckets)
            .Select(bucket => map.GetPerCpu((uint)bucket)!.Aggregate(0UL, (sum, count) => sum + count))];
    }

    private static string Time(ulong microseconds) => microseconds switch
    {
        < 1_000 => $"{microseconds} us",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e3:0.#} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e6:0.#} s"),
    };
}
