using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Plugins.FlowCounters;

/// <summary>
/// Shows the flows and what they carried. Packets, bytes and the last packet's time stand in every flow anyway, so it
/// counts nothing: it adds when a flow began, and a command.
/// </summary>
[DataplanePlugin("flow-counters", Description = "Lists the tracked connections with their packets, bytes and age.")]
public sealed class FlowCountersPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        FlowField<ulong> started = plugin.FlowField<ulong>("started");
        // It only observes: where its slot is missed, the flow goes on and shows no start.
        plugin.Stage("flow_start", StagePhase.NewFlow).WhenMissed(MissedCallRule.Skip);

        plugin.Services.AddSingleton(new FlowStart(started));
        plugin.Services.TryAddSingleton(TimeProvider.System);
        plugin.Command<ListFlows, FlowRow>("flows", "Lists the tracked connections.", FlowRowJson.Default.FlowRow, ListFlows.Parameters);
    }
}
