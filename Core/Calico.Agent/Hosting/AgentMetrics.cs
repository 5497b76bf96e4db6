using Calico.Sdk;
using OpenTelemetry.Metrics;

namespace Calico.Agent.Hosting;

/// <summary>Collects what the dataplane and the plugins count, for <c>/v1/metrics</c>.</summary>
internal static class AgentMetrics
{
    // A limit for each instrument: a plugin that makes a series a packet costs its own series, not the agent's memory.
    private const int MostSeries = 2000;

    public static void Add(IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter("calico.core", PluginMeter.NamePrefix + "*")
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
        .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));
}
