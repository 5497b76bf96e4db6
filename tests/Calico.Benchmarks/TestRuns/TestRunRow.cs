using Calico.Benchmarks.Reporting;

namespace Calico.Benchmarks.TestRuns;

/// <summary>A row of <see cref="TestRunSuite"/>.</summary>
internal abstract record TestRunRow(string Id)
{
    /// <summary>Samples in each pass: many short ones, because the best of them is looked for.</summary>
    protected const int SamplesInAPass = 15;

    /// <summary>Measures it, on a thread inside the node's namespace.</summary>
    public abstract Row Measure(Bench bench, int passes);
}
