using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Example.ProtocolCounter;

/// <summary>Runs <c>calico protocols</c>: reads the map that the stage counts in.</summary>
internal sealed class ListProtocols(IPluginMaps maps, MapHandle<uint, ulong> packets) : ICommandHandler<ProtocolRow>
{
    public async IAsyncEnumerable<ProtocolRow> RunAsync(
        CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IPluginMap<uint, ulong> map = maps.Open(packets);
        for (uint protocol = 0; protocol < 256; protocol++)
        {
            // One value for each CPU, so that no two of them write one place.
            ulong count = map.GetPerCpu(protocol)!.Aggregate(0UL, (sum, value) => sum + value);
            if (count > 0)
            {
                yield return new ProtocolRow((int)protocol, count);
            }
        }

        await Task.CompletedTask;
    }
}
