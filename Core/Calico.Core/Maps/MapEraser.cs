using Calico.Core.Bpf;

namespace Calico.Core.Maps;

/// <summary>Empties maps.</summary>
internal static class MapEraser
{
    /// <summary>Removes all entries; an array's are set to zero, because they always exist.</summary>
    public static void Clear(BpfMap map)
    {
        if (map.Info.Type is MapType.Array or MapType.PerCpuArray)
        {
            Zero(map);
            return;
        }

        // The first batch again and again: what was read is gone then.
        for (MapReader reader = new(map); reader.ReadBatch(); reader = new MapReader(map))
        {
            map.DeleteMany(reader.Keys);
        }
    }

    private static void Zero(BpfMap map)
    {
        byte[] zero = new byte[map.ValueBufferSize];
        for (uint index = 0; index < map.Info.MaxEntries; index++)
        {
            map.Update(BitConverter.GetBytes(index), zero);
        }
    }
}
