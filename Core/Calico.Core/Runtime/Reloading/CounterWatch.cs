using Calico.Core.Maps;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Runtime;

/// <summary>What the counters of missed calls and drops say since a moment.</summary>
internal sealed class CounterWatch
{
    private readonly MapSet _maps;
    private readonly Dictionary<MissedCallKey, ulong> _missed;
    private readonly Dictionary<ushort, ulong> _drops;

    public CounterWatch(MapSet maps)
    {
        _maps = maps;
        _missed = ReadMissed();
        _drops = ReadDrops();
    }

    /// <summary>Edges at which calls were missed, and how often.</summary>
    public IReadOnlyList<KeyValuePair<MissedCallKey, ulong>> Missed() =>
        [.. ReadMissed()
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value - _missed.GetValueOrDefault(entry.Key)))
            .Where(entry => entry.Value > 0)];

    /// <summary>Reasons for which packets were dropped, and how many.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ulong>> Drops() =>
        [.. ReadDrops()
            .Where(entry => entry.Value > _drops.GetValueOrDefault(entry.Key))
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value - _drops.GetValueOrDefault(entry.Key)))];

    private Dictionary<MissedCallKey, ulong> ReadMissed() =>
        _maps.Typed<MissedCallKey, ulong>("missed_calls").Entries().ToDictionary(entry => entry.Key, entry => entry.Value);

    private Dictionary<ushort, ulong> ReadDrops() => new PerCpuMap<DropKey, PacketCount>(_maps["drops"]).Entries()
        .GroupBy(entry => (ushort)entry.Key.Reason)
        .ToDictionary(
            reason => reason.Key,
            reason => reason.Aggregate(0UL, (sum, entry) => entry.Value.Aggregate(sum, (all, cpu) => all + cpu.Packets)));
}
