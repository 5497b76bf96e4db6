using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.Measuring;

/// <summary>Rows that share what must be built before they can be measured.</summary>
internal abstract class Suite
{
    /// <summary>The ids of its rows: stable, other people compare by them.</summary>
    public abstract IReadOnlyList<string> Ids { get; }

    /// <summary>Measures the wanted rows.</summary>
    /// <param name="wanted">True for the id of a row that was asked for; at least one of <see cref="Ids"/> is.</param>
    /// <param name="passes">How often the whole set is measured: at least three.</param>
    /// <param name="progress">Takes what is being done, in a few words.</param>
    public abstract IEnumerable<Row> Run(Predicate<string> wanted, int passes, Action<string> progress);
}
