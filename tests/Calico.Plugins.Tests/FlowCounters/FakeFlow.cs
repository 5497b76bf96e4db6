using System.Net;
using Calico.Sdk;

namespace Calico.Plugins.Tests.FlowCounters;

internal sealed class FakeFlow(byte protocol, string source, string destination) : Flow
{
    public ulong StartedNanoseconds { get; init; }

    public override byte Protocol { get; } = protocol;

    public override IPEndPoint Source { get; } = IPEndPoint.Parse(source);

    public override IPEndPoint Destination { get; } = IPEndPoint.Parse(destination);

    public override FlowState State => StateIs;

    public FlowState StateIs { get; init; } = FlowState.Established;

    public override Sdk.FlowCounters Forward { get; } = new(3, 300);

    public override Sdk.FlowCounters Reply { get; } = new(2, 2000);

    public override DateTimeOffset LastSeen { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    public override string? InputInterface => "cali1";

    public override string? OutputInterface => OutputIs;

    public string? OutputIs { get; init; } = "eth0";

    public override T Get<T>(FlowField<T> field) =>
        field is { PluginId: "flow-counters", Name: "started" } ? (T)(object)StartedNanoseconds : throw new InvalidOperationException($"no field {field}");
}
