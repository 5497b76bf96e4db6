using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.RootNamespace;

/// <summary>What the plugin adds to the dataplane.</summary>
#if (isNewFlow)
[DataplanePlugin("acme-stage-1", Description = "Counts flows by IP protocol.")]
#else
[DataplanePlugin("acme-stage-1", Description = "Counts packets by IP protocol.")]
#endif
public sealed class PacketCounterPlugin : IDataplanePlugin
{
    /// <inheritdoc/>
    public void Configure(IPluginBuilder plugin)
    {
        // In C it is acme_stage_1_counts: one counter for each IP protocol, and of each one for every CPU.
        MapHandle<uint, PacketCount> counts = plugin.Map<uint, PacketCount>("counts", MapKind.PerCpuArray, maxEntries: 256);
        plugin.Services.AddSingleton(counts);

#if (resource)
        // In C it is acme_stage_1_ports: what the resources ask for. The reconciler writes it.
        MapHandle<uint, uint> ports = plugin.Map<uint, uint>("ports", MapKind.Hash, maxEntries: 65_536);
        plugin.Services.AddSingleton(ports);
        plugin.Resource(CountedPorts.Kind);
        plugin.Reconciler<CountedPortsReconciler>();

#endif
        // The stage's code is bpf/acme_stage_1.bpf.c.sbn. It only observes: without it, traffic goes on.
        plugin.Stage("acme_stage_1", StagePhase.STAGE_PHASE)
            .On(Hooks.Ingress)
            .WhenMissed(MissedCallRule.Skip);

        plugin.Command<ListCounts, CountRow>("acme-stage-1", "What acme-stage-1 has counted, by IP protocol.", CountRowJson.Default.CountRow);
    }
}
