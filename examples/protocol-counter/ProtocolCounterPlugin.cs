using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Example.ProtocolCounter;

/// <summary>Counts packets by IP protocol: one stage, one map, one command.</summary>
[DataplanePlugin("protocol-counter", Description = "Counts packets by IP protocol.")]
public sealed class ProtocolCounterPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        MapHandle<uint, ulong> packets = plugin.Map<uint, ulong>("packets", MapKind.PerCpuArray, maxEntries: 256);
        // On every packet, after its flow is known. It only observes: without it, traffic goes on.
        plugin.Stage("count_protocol", StagePhase.PostFlow).On(Hooks.Ingress).WhenMissed(MissedCallRule.Skip);

        plugin.Services.AddSingleton(packets);
        plugin.Command<ListProtocols, ProtocolRow>(
            "protocols", "Packets by IP protocol.", ProtocolRowJson.Default.ProtocolRow);
    }
}
