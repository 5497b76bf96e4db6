using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Example.RateLimiter;

/// <summary>Limits what workloads send: a kind of resource, a reconciler, a stage with a token bucket, a command.</summary>
[DataplanePlugin("rate-limiter", Description = "Limits what workloads send, by RateLimit resources.")]
public sealed class RateLimiterPlugin : IDataplanePlugin
{
    private const uint MostAddresses = 16_384;

    /// <inheritdoc/>
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton(plugin.Map<RateAddress, RateCost>("limits", MapKind.Hash, MostAddresses));
        plugin.Services.AddSingleton(plugin.Map<RateAddress, RateBucket>("buckets", MapKind.Hash, MostAddresses));
        plugin.DropReason("RATE_LIMITED", "the workload sends more than its RateLimit allows");
        // On every packet that a workload sends. Where the stage is missing traffic goes on: a limit is not a wall.
        plugin.Stage("ratelimit", StagePhase.PostFlow).On(Hooks.WorkloadIngress).WhenMissed(MissedCallRule.Skip);

        plugin.Resource(RateLimit.Kind);
        plugin.Reconciler<RateLimitReconciler>();
        plugin.Command<ListRateLimits, RateLimitRow>("rate-limits", "What limited workloads sent, and what was too much.", RateLimitJson.Default.RateLimitRow);
    }
}
