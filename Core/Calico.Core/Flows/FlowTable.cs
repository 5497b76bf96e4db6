using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Flows;

/// <summary>The flow tables of an instance as plugins see them. It reads the maps, and works whoever writes them.</summary>
/// <remarks>
/// A translated connection is shown once, as its initiator sees it: with the tuple before translation, the packets and
/// bytes of both halves, and the plugins' fields of the initiator's half.
/// </remarks>
/// <param name="maps">The instance's maps; they must be ensured already when <see cref="Read"/> is called.</param>
/// <param name="plan">The plan of the running generation, which has the offsets of the fields; null while there is none.</param>
/// <param name="settings">The settings that the running generation was rendered with: its timeouts decide what is expired.</param>
/// <param name="interfaceName">The name of the interface in a slot of the interface map; null if it is gone.</param>
public sealed class FlowTable(MapSet maps, Func<ChainPlan?> plan, ChainSettings settings, Func<ushort, string?> interfaceName) : IFlowTable, IDisposable
{
    private readonly FlowClock _clock = new(settings);

    public IEnumerable<Flow> Read()
    {
        var fields = plan()?.FlowFields ?? [];
        var interfaces = new InterfaceStamps(maps);
        foreach (var flow in new FlowReading<FlowKeyV4, FlowKeysV4>(maps, fields, interfaces, interfaceName, _clock).Read())
        {
            yield return flow;
        }

        foreach (var flow in new FlowReading<FlowKeyV6, FlowKeysV6>(maps, fields, interfaces, interfaceName, _clock).Read())
        {
            yield return flow;
        }
    }

    public void Dispose() => _clock.Dispose();
}
