using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Example.RateLimiter;

/// <summary>One line of <c>calico rate-limits</c>.</summary>
public sealed record RateLimitRow(string Workload, string Address, ulong Passed, ulong Dropped);

// Source-generated: reflection would keep an unloaded plugin in memory. Camel case, as all of the agent's API.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RateLimitRow))]
internal sealed partial class RateLimitJson : JsonSerializerContext;

/// <summary>Runs <c>calico rate-limits</c>.</summary>
internal sealed class ListRateLimits(IPluginMaps maps, IResourceFeed resources, MapHandle<RateAddress, RateBucket> buckets) : ICommandHandler<RateLimitRow>
{
    public async IAsyncEnumerable<RateLimitRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IPluginMap<RateAddress, RateBucket> map = maps.Open(buckets);
        foreach (WorkloadEndpoint endpoint in resources.Current.All<WorkloadEndpoint>().OrderBy(endpoint => endpoint.Metadata.Name, StringComparer.Ordinal))
        {
            foreach (var network in endpoint.Spec.IpNetworks.Where(network => network.IsSingleAddress))
            {
                if (map.TryGet(RateAddress.Of(network.Address), out RateBucket bucket))
                {
                    yield return new RateLimitRow($"{endpoint.Metadata.Namespace}/{endpoint.Metadata.Name}", network.Address.ToString(), bucket.Passed, bucket.Dropped);
                }
            }
        }

        await Task.CompletedTask;
    }
}
