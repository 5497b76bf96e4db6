using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>Maps.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<MapDeclaration> _maps = [];

    public MapHandle<TKey, TValue> Map<TKey, TValue>(string name, MapKind kind, uint maxEntries, bool noPreallocation = false)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        Check(NameRules.ExplainSnakeCase(name), "map", name, nameof(name));
        RefuseSecond(IsMapName(name), "map", name, nameof(name));
        Check(MapRules.Explain<TKey>(kind, maxEntries, noPreallocation), "map", name, nameof(kind));
        Check(LayoutRules.Explain(typeof(TKey)) is { } key ? "its key " + key : null, "map", name, nameof(TKey));
        Check(LayoutRules.Explain(typeof(TValue)) is { } value ? "its value " + value : null, "map", name, nameof(TValue));
        _maps.Add(new MapDeclaration(Id, name, kind, typeof(TKey), typeof(TValue), maxEntries)
        {
            // As a trie is anyway: so that asking for it changes nothing.
            NoPreallocation = noPreallocation || kind == MapKind.LpmTrie,
        });
        return new MapHandle<TKey, TValue>(Id, name);
    }
}
