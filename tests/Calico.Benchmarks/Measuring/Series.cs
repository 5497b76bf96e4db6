namespace Calico.Benchmarks.Measuring;

/// <summary>The samples of one contender.</summary>
internal sealed class Series
{
    private readonly List<double> _samples = [];

    public int Count => _samples.Count;

    public double Min => _samples.Min();

    public double Median
    {
        get
        {
            double[] sorted = [.. _samples.Order()];
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public void Add(double sample) => _samples.Add(sample);
}
