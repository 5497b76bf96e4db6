using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;

namespace Calico.Core.Maps;

/// <content>The maps of plugins, of which each must have room on the machine.</content>
public sealed partial class MapSet
{
    /// <summary>Makes sure of all plugins' maps.</summary>
    /// <param name="plugins">Whose.</param>
    /// <param name="machine">What memory there is.</param>
    /// <exception cref="MapRefusedException">Those of one plugin cannot be had; none of its own was made for want of memory.</exception>
    public void Ensure(IReadOnlyList<PluginDeclaration> plugins, MachineMemory machine)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var room = new MapRoom(machine, PossibleCpus.Count);
        foreach (PluginDeclaration plugin in plugins)
        {
            if (room.Reserve(plugin, Has) is { } wrong)
            {
                throw new MapRefusedException(plugin.Id, wrong);
            }
        }

        foreach (PluginDeclaration plugin in plugins)
        {
            try
            {
                Ensure(PluginMaps.Of(plugin));
            }
            catch (BpfException refused)
            {
                throw new MapRefusedException(plugin.Id, $"A map of plugin '{plugin.Id}' cannot be made. {refused.Message}");
            }
        }
    }

    /// <summary>Whether a map of this name and schema exists, here or pinned by an earlier agent.</summary>
    private bool Has(SharedMap map) =>
        _maps.ContainsKey(map.Name) || (_folder is not null && File.Exists(Path.Combine(_folder, $"{map.Name}-{SchemaHash(map)}")));
}
