using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Example.LatencyHistogram;

/// <summary>Runs <c>calico slow-flows</c>: one row an event, as they come.</summary>
/// <remarks>A stream has one reader, so a second run of the command beside this one is refused with a sentence.</remarks>
internal sealed class FollowSlowFlows(IPluginEvents events, EventStream<SlowFlow> slowFlows) : ICommandHandler<SlowFlowRow>
{
    public async IAsyncEnumerable<SlowFlowRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = input.Number("count") ?? long.MaxValue;
        if (left <= 0)
        {
            throw new CommandInputException("--count must be at least 1.");
        }

        await foreach (SlowFlow flow in events.ReadAsync(slowFlows, cancellationToken))
        {
            yield return new SlowFlowRow(
                flow.ClientText(), flow.ServerText(), flow.Protocol, flow.Microseconds / 1000.0, events.Lost(slowFlows));
            if (--left == 0)
            {
                yield break;
            }
        }
    }
}
