using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Acme.RootNamespace;

/// <summary>Keeps the map of ports as the resources ask for.</summary>
internal sealed class CountedPortsReconciler(IPluginMaps maps, MapHandle<uint, uint> ports) : IReconciler
{
    /// <summary>Called once with everything, then with each change. If it throws, it is called again.</summary>
    public Task ReconcileAsync(ResourceBatch batch, CancellationToken cancellationToken)
    {
        HashSet<uint> wanted = [.. batch.Resources.All<CountedPorts>().SelectMany(resource => resource.Ports).Select(port => (uint)port)];
        IPluginMap<uint, uint> map = maps.Open(ports);
        foreach (uint port in wanted)
        {
            map.Set(port, 1);
        }

        // The map outlives the agent: what an earlier one wrote is there.
        foreach ((uint port, _) in map.Entries().Where(entry => !wanted.Contains(entry.Key)).ToList())
        {
            map.Remove(port);
        }

        return Task.CompletedTask;
    }
}
