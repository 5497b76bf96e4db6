namespace Calico.Benchmarks.Measuring;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Sample">Measures once, in the row's unit; it prepares and tidies up outside of what it times.</param>
internal sealed record Contender(string Name, Func<double> Sample);
