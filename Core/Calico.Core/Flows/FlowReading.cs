using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Flows;

/// <summary>One walk through the tables of one family.</summary>
internal sealed class FlowReading<TKey, TKeys>(
    MapSet maps, IReadOnlyList<PlannedField> fields, InterfaceStamps interfaces, Func<ushort, string?> interfaceName, FlowClock clock)
    where TKey : unmanaged
    where TKeys : IFlowKeys<TKey>
{
    private readonly BpfMap<TKey, FlowEntry> _answered = maps.Typed<TKey, FlowEntry>(TKeys.Answered);
    private readonly BpfMap<TKey, FlowEntry> _pending = maps.Typed<TKey, FlowEntry>(TKeys.Pending);

    /// <summary>
    /// Unanswered flows first: one that is answered meanwhile moves to the other table, where the keys seen so far tell
    /// that it was shown. (The other way round it would be missed.) The keys are as many as the smaller table holds.
    /// </summary>
    public IEnumerable<Flow> Read()
    {
        HashSet<TKey> seen = new(KeyBytes<TKey>.Comparer);
        foreach (var (key, flow) in Walk(_pending))
        {
            seen.Add(key);
            yield return flow;
        }

        foreach (var (key, flow) in Walk(_answered))
        {
            if (!seen.Contains(key))
            {
                yield return flow;
            }
        }
    }

    private IEnumerable<(TKey Key, Flow Flow)> Walk(BpfMap<TKey, FlowEntry> table)
    {
        MapReader reader = new(table.Raw);
        while (reader.ReadBatch())
        {
            FlowClock.Moment now = clock.Now();
            for (int i = 0; i < reader.Count; i++)
            {
                var key = MemoryMarshal.Read<TKey>(reader.Key(i));
                if (Show(in key, MemoryMarshal.Read<FlowEntry>(reader.Value(i)), now) is { } flow)
                {
                    yield return (key, flow);
                }
            }
        }
    }

    /// <summary>The flow of an entry; null where the entry stands for none, or for the half that is not shown.</summary>
    private FlowSnapshot? Show(in TKey key, FlowEntry entry, FlowClock.Moment now)
    {
        var flags = (FlowFlags)entry.Flags;
        if (flags.HasFlag(FlowFlags.ReplyHalf) || now.IsExpired(in entry))
        {
            return null;
        }

        bool initiatorIsHigh = flags.HasFlag(FlowFlags.InitiatorIsHigh);
        byte protocol = TKeys.ProtocolOf(in key);
        FlowDirection forward = initiatorIsHigh ? entry.HighToLow : entry.LowToHigh;
        FlowDirection reply = initiatorIsHigh ? entry.LowToHigh : entry.HighToLow;
        uint lastSeen = entry.LastSeen;
        var state = (FlowState)entry.State;
        if (flags.HasFlag(FlowFlags.Translated))
        {
            if (!TryFindPartner(in key, in entry, protocol, out FlowEntry partner))
            {
                return null;
            }

            // Replies come under the partner's key, and have their counters there.
            reply = ((FlowFlags)partner.Flags).HasFlag(FlowFlags.InitiatorIsHigh) ? partner.LowToHigh : partner.HighToLow;
            lastSeen = now.Later(lastSeen, partner.LastSeen);
            // TCP states are kept the same in both; that a datagram was answered only the half knows that saw it.
            state = (FlowState)partner.State == FlowState.UdpAnswered ? FlowState.UdpAnswered : state;
        }

        var reading = new FlowSnapshot.Reading
        {
            Protocol = protocol,
            Source = initiatorIsHigh ? TKeys.HighOf(in key) : TKeys.LowOf(in key),
            Destination = initiatorIsHigh ? TKeys.LowOf(in key) : TKeys.HighOf(in key),
            State = state,
            Forward = new FlowCounters(forward.Packets, forward.Bytes),
            Reply = new FlowCounters(reply.Packets, reply.Bytes),
            LastSeen = now.WallOf(lastSeen),
            InputInterface = NameOf(flags.HasFlag(FlowFlags.FromStack) ? (ushort)0 : interfaces.InputOf(in forward) ?? reply.Output),
            OutputInterface = NameOf(forward.Output),
        };
        return new FlowSnapshot(reading, fields, entry.Fields);
    }

    /// <summary>The other half; none where the tuple belongs to another flow by now.</summary>
    private bool TryFindPartner(in TKey own, in FlowEntry entry, byte protocol, out FlowEntry partner)
    {
        var (key, _) = TKeys.Of(in entry.Rewrite, protocol);
        // Again, because it moves from one table to the other when it is answered.
        return (_answered.TryGet(key, out partner) || _pending.TryGet(key, out partner) || _answered.TryGet(key, out partner))
            && ((FlowFlags)partner.Flags).HasFlag(FlowFlags.Translated)
            && KeyBytes<TKey>.Comparer.Equals(TKeys.Of(in partner.Rewrite, protocol).Key, own);
    }

    private string? NameOf(ushort slot) => slot == 0 ? null : interfaceName(slot);
}
