using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Calico.Kernel.Tests.Chain;

/// <summary>Runs a test for IPv4 (false) and for IPv6 (true).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothFamiliesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<bool>(false), new TheoryDataRow<bool>(true)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
