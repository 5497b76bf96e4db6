using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Acme.RootNamespace;

/// <summary>Runs <c>calico acme-stage-1</c> in the agent.</summary>
internal sealed class ListCounts(IPluginMaps maps, MapHandle<uint, PacketCount> counts) : ICommandHandler<CountRow>
{
    public async IAsyncEnumerable<CountRow> RunAsync(
        CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IPluginMap<uint, PacketCount> map = maps.Open(counts);
        for (uint protocol = 0; protocol < 256; protocol++)
        {
            PacketCount[] ofCpus = map.GetPerCpu(protocol)!;
            var row = new CountRow(
                protocol,
                ofCpus.Aggregate(0UL, (sum, count) => sum + count.Packets),
                ofCpus.Aggregate(0UL, (sum, count) => sum + count.Bytes));
            if (row.Packets > 0)
            {
                yield return row;
            }
        }

        await Task.CompletedTask;
    }
}
