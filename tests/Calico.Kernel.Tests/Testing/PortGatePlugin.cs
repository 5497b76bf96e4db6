using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Kernel.Tests.Testing;

/// <summary>A plugin as an author would test it: one port is open.</summary>
[DataplanePlugin("port-gate")]
public sealed class PortGatePlugin : IDataplanePlugin
{
    public MapHandle<uint, ulong> Refused { get; private set; } = null!;

    public EventStream<uint> Shut { get; private set; } = null!;

    public FlowField<ulong> Seen { get; private set; } = null!;

    public void Configure(IPluginBuilder plugin)
    {
        Refused = plugin.Map<uint, ulong>("refused", MapKind.Array, 1);
        Shut = plugin.Events<uint>("shut", 4096);
        Seen = plugin.FlowField<ulong>("seen");
        plugin.DropReason("GATE_SHUT", "the port is not open");
        plugin.TraceNote("GATE_LOOKED_AT", "a flow to port {0} from {1}", TraceValue.Port, TraceValue.IPv4Address);
        plugin.TraceNote("GATE_SHUT", "port {0} is shut, {1} refused so far");
        plugin.Stage("port_gate", StagePhase.NewFlow).Parameter("port", plugin.Options.Number("port", 80, "The port that is open.", min: 1, max: 65_535));
        plugin.Stage("count_all", StagePhase.PostFlow).Inline();
        plugin.Stage("watch", StagePhase.PostFlow);
        plugin.Services.AddSingleton(Refused);
    }
}
