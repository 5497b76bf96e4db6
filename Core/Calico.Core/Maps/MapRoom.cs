using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;

namespace Calico.Core.Maps;

/// <summary>Whether the machine has memory for a plugin's new maps, asked before any of them is made: making them could take it from everybody else.</summary>
/// <param name="machine">What there is.</param>
/// <param name="cpus">How many CPUs the kernel knows.</param>
public sealed class MapRoom(MachineMemory machine, int cpus)
{
    private UInt128 _left = machine.Available;

    /// <summary>Sets the memory for a plugin's maps aside.</summary>
    /// <param name="plugin">Whose maps.</param>
    /// <param name="isThere">Which exist already, and take nothing new.</param>
    /// <returns>Null, or why there is no room: a sentence. Then nothing is set aside.</returns>
    public string? Reserve(PluginDeclaration plugin, Func<SharedMap, bool> isThere)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        UInt128 left = _left;
        foreach (SharedMap map in PluginMaps.Of(plugin).Where(map => !isThere(map)))
        {
            MapMemory need = MapMemory.Of(map, cpus);
            string what = $"The map '{map.Name}' of plugin '{plugin.Id}' with room for {map.MaxEntries.ToString("N0", CultureInfo.InvariantCulture)} {(map.Record is null ? "entries" : "bytes")}";
            if (need.AtOnce > left)
            {
                string also = left < machine.Available ? "with what other new maps take " : "";
                return $"{what} takes {Size(need.AtOnce)} of memory at once, and {also}{Size(left)} can be had on this machine. Lower its size, or declare it with noPreallocation if it is mostly empty.";
            }

            if (need.WhenFull > machine.Total)
            {
                return $"{what} would take {Size(need.WhenFull)} of memory when it is full, and this machine has {Size(machine.Total)}. Lower its size.";
            }

            left -= need.AtOnce;
        }

        _left = left;
        return null;
    }

    private static string Size(UInt128 bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double size = (double)bytes;
        int unit = 0;
        while (size >= 1024 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }
}
