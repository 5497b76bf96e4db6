using Calico.Sdk;

namespace Calico.Plugins.Tests.FlowCounters;

internal sealed class FakeFlowTable(IEnumerable<Flow> flows) : IFlowTable
{
    public IEnumerable<Flow> Read() => flows;
}
