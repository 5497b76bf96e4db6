using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Core.Maps;

/// <summary>
/// The maps of one instance. Pinned under a folder of bpffs they outlive the process, and the next agent adopts them:
/// a map is (name, schema), so one whose layout or size has changed is another map. One thread changes the set; any reads it.
/// </summary>
public sealed partial class MapSet : IDisposable
{
    private readonly ConcurrentDictionary<string, BpfMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _schemas = new(StringComparer.Ordinal);
    private readonly List<string> _begunAnew = [];
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

    /// <summary>Maps that stand empty beside one of the same name and another schema, which an earlier agent left.</summary>
    public IReadOnlyList<string> BegunAnew => _begunAnew;

    /// <summary>The map of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BpfMap this[string name] =>
        _maps.TryGetValue(name, out var map) ? map : throw new KeyNotFoundException($"There is no map '{name}' in this instance.");

    /// <summary>Typed access to a map.</summary>
    public BpfMap<TKey, TValue> Typed<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(this[name]);

    /// <summary>Makes sure of the maps: adopts what is pinned with the same schema, creates the rest.</summary>
    /// <exception cref="BpfException">The kernel refused one; those before it stay, see <see cref="RetireOthers"/>.</exception>
    /// <exception cref="InvalidOperationException">One of the set has the name and another schema.</exception>
    public void Ensure(IEnumerable<SharedMap> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var map in wanted)
        {
            var schema = SchemaHash(map);
            if (!_schemas.TryGetValue(map.Name, out var held))
            {
                _maps[map.Name] = Open(map, schema);
                _schemas.Add(map.Name, schema);
            }
            else if (held != schema)
            {
                throw new InvalidOperationException($"The map '{map.Name}' is in use with another layout or size; one name cannot stand for two maps at a time.");
            }
        }
    }

    /// <summary>
    /// Lets go of all maps but some and unpins them, and what earlier agents left: another layout, another size, or a
    /// plugin that is gone. To be called when no chain in force uses them any more.
    /// </summary>
    /// <param name="kept">The names of the maps that stay.</param>
    public void RetireOthers(IReadOnlySet<string> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        foreach (var name in _schemas.Keys.Where(name => !kept.Contains(name)).ToList())
        {
            _schemas.Remove(name);
            if (_maps.TryRemove(name, out var map))
            {
                map.Dispose();
            }
        }

        if (_folder is null)
        {
            return;
        }

        var pins = _schemas.Select(held => PinOf(held.Key, held.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var pin in Directory.EnumerateFiles(_folder).Where(pin => !pins.Contains(pin)).ToList())
        {
            File.Delete(pin);
        }
    }

    private string PinOf(string name, string schema) => Path.Combine(_folder!, $"{name}-{schema}");

    private BpfMap Open(SharedMap map, string schema)
    {
        if (_folder is null)
        {
            return BpfMap.Create(map.Spec);
        }

        var path = PinOf(map.Name, schema);
        if (File.Exists(path))
        {
            return BpfMap.OpenPinned(path);
        }

        if (Directory.EnumerateFiles(_folder, $"{map.Name}-*").Any())
        {
            _begunAnew.Add(map.Name);
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
