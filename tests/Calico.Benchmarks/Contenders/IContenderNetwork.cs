using Calico.Benchmarks.Networks;

namespace Calico.Benchmarks.Contenders;

/// <summary>A network across which one contender forwards.</summary>
internal interface IContenderNetwork : IDisposable
{
    /// <summary>What the report calls it.</summary>
    string Name { get; }

    BenchNetwork Network { get; }
}
