using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>What plugins let each other see.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<string> _exportedMaps = [];
    private readonly List<string> _exportedFlowFields = [];
    private readonly List<ImportDeclaration> _imports = [];

    public void ExportMap<TKey, TValue>(MapHandle<TKey, TValue> map)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(map);
        Export(_exportedMaps, "map", map.PluginId, map.Name, nameof(map));
    }

    public void ExportFlowField<T>(FlowField<T> field)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        Export(_exportedFlowFields, "flow field", field.PluginId, field.Name, nameof(field));
    }

    public MapHandle<TKey, TValue> ImportMap<TKey, TValue>(string pluginId, string name, bool optional = false)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        CheckLayout<TKey>("imported map", name, "its key ");
        CheckLayout<TValue>("imported map", name, "its value ");
        Import(new ImportDeclaration(pluginId, name, typeof(TKey), typeof(TValue), optional));
        return new MapHandle<TKey, TValue>(pluginId, name);
    }

    public FlowField<T> ImportFlowField<T>(string pluginId, string name, bool optional = false)
        where T : unmanaged
    {
        CheckLayout<T>("imported flow field", name, "its type ");
        Import(new ImportDeclaration(pluginId, name, null, typeof(T), optional));
        return new FlowField<T>(pluginId, name);
    }

    private void Export(List<string> exported, string what, string pluginId, string name, string parameter)
    {
        Check(pluginId == Id ? null : $"it belongs to plugin '{pluginId}', which alone can export it.", what, name, parameter);
        if (!exported.Contains(name))
        {
            exported.Add(name);
        }
    }

    private void Import(ImportDeclaration import)
    {
        string what = $"imported {import.What}";
        Check(NameRules.ExplainId(import.PluginId), "other plugin", import.PluginId, "pluginId");
        Check(NameRules.ExplainSnakeCase(import.Name), what, import.Name, "name");
        Check(import.PluginId == Id ? "it is this plugin's own. Keep what declaring it returned." : null, what, import.Name, "pluginId");
        RefuseSecond(_imports.Exists(known => known.CName == import.CName && known.IsMap == import.IsMap), what, import.Name, "name");
        _imports.Add(import);
    }

    private void CheckLayout<T>(string what, string name, string part) =>
        Check(LayoutRules.Explain(typeof(T)) is { } wrong ? part + wrong : null, what, name, typeof(T).Name);
}
