using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;

namespace Calico.Sdk.Testing;

/// <summary>Moves what flows remember into the past, as if nothing had come for that long.</summary>
internal static class FlowAging
{
    /// <summary>The four tables.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["flows_v4", "flows_v6", "pending_v4", "pending_v6"];

    /// <summary>The entry as it would be after that many ticks without a packet.</summary>
    public static FlowEntry Older(FlowEntry entry, uint ticks)
    {
        entry.LastSeen -= ticks;
        entry.ResetAt -= ticks;
        entry.TouchedAt -= ticks;
        return entry;
    }

    /// <summary>Ages every entry.</summary>
    public static void AgeAll(MapSet maps, uint ticks)
    {
        foreach (var table in Tables.Select(name => maps[name]))
        {
            List<(byte[] Key, byte[] Value)> older = [];
            MapReader reader = new(table);
            while (reader.ReadBatch())
            {
                for (var i = 0; i < reader.Count; i++)
                {
                    var entry = Older(MemoryMarshal.Read<FlowEntry>(reader.Value(i)), ticks);
                    older.Add((reader.Key(i).ToArray(), MemoryMarshal.AsBytes(new ReadOnlySpan<FlowEntry>(in entry)).ToArray()));
                }
            }

            foreach (var (key, value) in older)
            {
                table.Update(key, value);
            }
        }
    }
}
