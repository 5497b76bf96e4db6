using System.Security.Cryptography;
using System.Text;
using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Core.Maps;

/// <summary>
/// The maps of one instance. Pinned under a folder of bpffs they outlive the process, and the next agent adopts them:
/// a map is (name, schema), so one whose layout or size has changed is another map.
/// </summary>
public sealed partial class MapSet : IDisposable
{
    private readonly Dictionary<string, BpfMap> _maps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pins = new(StringComparer.Ordinal);
    private readonly string? _folder;

    /// <param name="folder">Where to pin; null keeps the maps for the life of this object only.</param>
    public MapSet(string? folder)
    {
        _folder = folder;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>The maps by their names in C.</summary>
    public IReadOnlyDictionary<string, BpfMap> Maps => _maps;

    /// <summary>The map of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BpfMap this[string name] =>
        _maps.TryGetValue(name, out var map) ? map : throw new KeyNotFoundException($"There is no map '{name}' in this instance.");

    /// <summary>Typed access to a map.</summary>
    public BpfMap<TKey, TValue> Typed<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(this[name]);

    /// <summary>Makes sure of the maps: adopts what is pinned with the same schema, creates the rest.</summary>
    /// <exception cref="BpfException">The kernel refused one.</exception>
    public void Ensure(IEnumerable<SharedMap> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var map in wanted)
        {
            if (!_maps.ContainsKey(map.Name))
            {
                _maps.Add(map.Name, Open(map));
            }
        }
    }

    /// <summary>
    /// Unpins the maps of earlier generations that are not among the ensured ones: another layout, another size, or a
    /// plugin that is gone. To be called when no chain in force uses them any more.
    /// </summary>
    public void RetireOthers()
    {
        if (_folder is null)
        {
            return;
        }

        foreach (var pin in Directory.EnumerateFiles(_folder).Where(pin => !_pins.Contains(pin)).ToList())
        {
            File.Delete(pin);
        }
    }

    private BpfMap Open(SharedMap map)
    {
        if (_folder is null)
        {
            return BpfMap.Create(map.Spec);
        }

        var path = Path.Combine(_folder, $"{map.Name}-{SchemaHash(map)}");
        _pins.Add(path);
        if (File.Exists(path))
        {
            return BpfMap.OpenPinned(path);
        }

        var created = BpfMap.Create(map.Spec);
        try
        {
            created.Pin(path);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>What makes two maps the same: type, size, and the layout of key and value in C.</summary>
    private static string SchemaHash(SharedMap map)
    {
        var types = new CEmitter();
        var declaration = map.Declare(types);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(types + declaration)))[..16];
    }

    public void Dispose()
    {
        foreach (var map in _maps.Values)
        {
            map.Dispose();
        }
    }
}
