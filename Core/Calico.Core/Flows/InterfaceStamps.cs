using Calico.Core.Maps;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Flows;

/// <summary>The interfaces by slot and by stamp, as they are at the beginning of a reading.</summary>
internal sealed class InterfaceStamps
{
    private readonly Dictionary<ushort, uint> _stamps = [];
    private readonly Dictionary<uint, ushort> _slots = [];

    public InterfaceStamps(MapSet maps)
    {
        foreach (var (slot, entry) in maps.Typed<uint, InterfaceEntry>("interfaces").Entries())
        {
            // Slot 0 is the host, which has no index.
            if (entry.Ifindex != 0 || slot == 0)
            {
                _stamps[(ushort)slot] = entry.Stamp;
                _slots[entry.Stamp] = (ushort)slot;
            }
        }
    }

    /// <summary>
    /// Where packets of this direction enter. The flow does not say so in itself, but the direction's stamp is the sum of
    /// the stamps of both its interfaces. Null where it is not resolved, or an interface has changed since.
    /// </summary>
    public ushort? InputOf(in FlowDirection direction) =>
        direction.Stamp != 0 && _stamps.TryGetValue(direction.Output, out var output) && _slots.TryGetValue(direction.Stamp - output, out var input)
            ? input
            : null;
}
