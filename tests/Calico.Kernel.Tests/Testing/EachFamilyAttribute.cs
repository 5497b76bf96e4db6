using System.Net.Sockets;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Calico.Kernel.Tests.Testing;

/// <summary>Runs a test for IPv4 and for IPv6.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachFamilyAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<AddressFamily>(AddressFamily.InterNetwork), new TheoryDataRow<AddressFamily>(AddressFamily.InterNetworkV6)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
