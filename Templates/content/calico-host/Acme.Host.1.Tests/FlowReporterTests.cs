using System.Net;
using Calico.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Acme.RootNamespace.Tests;

public sealed class FlowReporterTests
{
    [Fact]
    public void A_summary_adds_up_both_directions_of_all_flows()
    {
        var reporter = new FlowReporter(new Flows(new OneFlow(), new OneFlow()), NullLogger<FlowReporter>.Instance);

        Assert.Equal("2 flows, 6 packets, 480 bytes", reporter.Summary());
    }

    private sealed class Flows(params Flow[] flows) : IFlowTable
    {
        public IEnumerable<Flow> Read() => flows;
    }

    /// <summary>Two packets there and one back.</summary>
    private sealed class OneFlow : Flow
    {
        public override byte Protocol => 6;

        public override IPEndPoint Source => new(IPAddress.Parse("10.0.0.10"), 40_000);

        public override IPEndPoint Destination => new(IPAddress.Parse("10.0.0.11"), 80);

        public override FlowState State => FlowState.Established;

        public override FlowCounters Forward => new(2, 160);

        public override FlowCounters Reply => new(1, 80);

        public override DateTimeOffset LastSeen => DateTimeOffset.UnixEpoch;

        public override string? InputInterface => "calia";

        public override string? OutputInterface => "calib";

        public override T Get<T>(FlowField<T> field) => throw new InvalidOperationException("The flow has no plugin's fields.");
    }
}
