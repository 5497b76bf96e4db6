using Calico.Sdk;

namespace Acme.RootNamespace;

/// <summary>Logs what the dataplane's flows carried, once every ten seconds.</summary>
public sealed partial class FlowReporter(IFlowTable flows, ILogger<FlowReporter> logger) : BackgroundService
{
    /// <summary>What all live flows have carried so far, in one line.</summary>
    public string Summary()
    {
        int count = 0;
        ulong packets = 0, bytes = 0;
        // Read in batches: memory does not grow with the table.
        foreach (Flow flow in flows.Read())
        {
            count++;
            packets += flow.Forward.Packets + flow.Reply.Packets;
            bytes += flow.Forward.Bytes + flow.Reply.Bytes;
        }

        return $"{count} flows, {packets} packets, {bytes} bytes";
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Report(Summary());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Summary}")]
    private partial void Report(string summary);
}
