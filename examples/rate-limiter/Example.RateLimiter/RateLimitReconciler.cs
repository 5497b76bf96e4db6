using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Example.RateLimiter;

/// <summary>Keeps the maps as limits and workloads ask for: the limit of each address, and a bucket for it.</summary>
internal sealed class RateLimitReconciler(
    IPluginMaps maps, MapHandle<RateAddress, RateCost> limits, MapHandle<RateAddress, RateBucket> buckets) : IReconciler
{
    /// <summary>Called with everything, then with changes. Everything is worked out anew each time: that is right after any failure.</summary>
    public Task ReconcileAsync(ResourceBatch batch, CancellationToken cancellationToken)
    {
        Dictionary<RateAddress, RateCost> wanted = Wanted(batch.Resources);
        IPluginMap<RateAddress, RateCost> costs = maps.Open(limits);
        IPluginMap<RateAddress, RateBucket> filled = maps.Open(buckets);
        foreach ((RateAddress address, RateCost cost) in wanted)
        {
            // A bucket that is there keeps what it owes and what it has counted.
            if (!filled.TryGet(address, out _))
            {
                filled.Set(address, default);
            }

            costs.Set(address, cost);
        }

        // The maps outlive the agent: what an earlier one wrote is there.
        costs.RemoveMany([.. costs.Entries().Select(entry => entry.Key).Where(address => !wanted.ContainsKey(address))]);
        filled.RemoveMany([.. filled.Entries().Select(entry => entry.Key).Where(address => !wanted.ContainsKey(address))]);
        return Task.CompletedTask;
    }

    // Of several limits for one workload, the first by name counts.
    private static Dictionary<RateAddress, RateCost> Wanted(IResourceSet resources)
    {
        RateLimit[] all = [.. resources.All<RateLimit>().OrderBy(limit => limit.Metadata.Name, StringComparer.Ordinal)];
        var wanted = new Dictionary<RateAddress, RateCost>();
        foreach (WorkloadEndpoint endpoint in resources.All<WorkloadEndpoint>())
        {
            if (Array.Find(all, limit => limit.Selects(endpoint)) is { } limit)
            {
                foreach (var network in endpoint.Spec.IpNetworks.Where(network => network.IsSingleAddress))
                {
                    wanted[RateAddress.Of(network.Address)] = limit.ToCost();
                }
            }
        }

        return wanted;
    }
}
