using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Example.LatencyHistogram;

/// <summary>
/// How long the first answer of each flow took: a histogram of all flows, and an event for each slow one. For TCP that is the
/// time from SYN to SYN-ACK, for DNS that of the whole query.
/// </summary>
[DataplanePlugin("latency-histogram", Description = "Measures how long flows wait for their first answer.")]
public sealed class LatencyHistogramPlugin : IDataplanePlugin
{
    // Powers of two of microseconds, up to half an hour.
    internal const uint Buckets = 32;

    public void Configure(IPluginBuilder plugin)
    {
        TimeSpan slow = plugin.Options.Duration(
            "slow", TimeSpan.FromMilliseconds(100), "A flow that waits longer than this is told as an event.", min: TimeSpan.FromMilliseconds(1));

        // When the first packet passed; 0 once the answer has come.
        plugin.FlowField<ulong>("asked");
        MapHandle<uint, ulong> histogram = plugin.Map<uint, ulong>("buckets", MapKind.PerCpuArray, Buckets);
        EventStream<SlowFlow> slowFlows = plugin.Events<SlowFlow>("slow_flows", ringBytes: 256 * 1024);

        plugin.Stage("latency_start", StagePhase.NewFlow);
        // Inline: it runs on every packet with the flow at hand, and writes it. A tail-called stage would get a copy.
        plugin.Stage("latency_answer", StagePhase.PostFlow).Inline().Parameter("slow_us", (long)slow.TotalMicroseconds);

        plugin.Services.AddSingleton(histogram);
        plugin.Services.AddSingleton(slowFlows);
        plugin.Command<ShowLatency, LatencyRow>(
            "latency", "How long flows waited for their first answer.", LatencyJson.Default.LatencyRow);
        plugin.Command<FollowSlowFlows, SlowFlowRow>(
            "slow-flows", "Shows slow flows as they happen.", LatencyJson.Default.SlowFlowRow,
            new CommandParameter("count", CommandParameterType.Number, "Ends after so many; without it, only when stopped."));
    }
}
