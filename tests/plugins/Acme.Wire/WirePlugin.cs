using Calico.Sdk;

namespace Acme.Wire;

/// <summary>Drops UDP to one port before the kernel makes a socket buffer of it.</summary>
[DataplanePlugin("wire", Description = "Drops UDP to a port, in XDP.")]
public sealed class WirePlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.DropReason("UNWANTED_PORT", "sent to the port that the operator closed at the wire");
        plugin.Stage("wire_filter", StagePhase.PreFlow)
            .On(Hooks.Xdp)
            .Parameter("port", plugin.Options.Number("port", 7777, "The port to filter.", min: 1, max: 65535));
    }
}
