using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Two nodes, two workloads each, an agent with the defaults on each node, and the fabric as a host outside.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    /// <summary>Test classes of this collection share one such lab, and run one after the other.</summary>
    public const string Collection = "two nodes";

    internal DataplaneLab Lab { get; } = new();

    public async ValueTask InitializeAsync() => await Lab.StartAgents();

    public ValueTask DisposeAsync()
    {
        Lab.Dispose();
        return ValueTask.CompletedTask;
    }
}

#pragma warning disable CA1711 // xunit calls it a collection
[CollectionDefinition(TwoNodes.Collection)]
public sealed class TwoNodesCollection : ICollectionFixture<TwoNodes>;
#pragma warning restore CA1711
