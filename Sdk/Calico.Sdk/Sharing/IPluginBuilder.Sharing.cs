namespace Calico.Sdk;

/// <content>What plugins let each other see.</content>
/// <remarks>
/// The plugin that imports declares a struct of its own with the same layout (C names, types and offsets): when the chain is
/// planned the two are compared, and where they differ the importing plugin is quarantined with the difference. Its
/// templates see the map or field, and its structs, by the exporting plugin's C names: <c>OTHER_NAME</c>. For each import
/// <c>HAS_OTHER_NAME</c> (upper case) is 1 where it is there and 0 where it is not: <c>#if HAS_ROUTES_BACKENDS</c>.
/// </remarks>
public partial interface IPluginBuilder
{
    /// <summary>Lets other plugins import a map. Its name and layout are then a promise to them.</summary>
    /// <typeparam name="TKey">The key's layout.</typeparam>
    /// <typeparam name="TValue">The value's layout.</typeparam>
    /// <param name="map">A map of this plugin.</param>
    void ExportMap<TKey, TValue>(MapHandle<TKey, TValue> map)
        where TKey : unmanaged
        where TValue : unmanaged;

    /// <summary>Lets other plugins import a flow field. Its name and layout are then a promise to them.</summary>
    /// <typeparam name="T">The field's layout.</typeparam>
    /// <param name="field">A flow field of this plugin.</param>
    void ExportFlowField<T>(FlowField<T> field)
        where T : unmanaged;

    /// <summary>Uses a map that another plugin exports.</summary>
    /// <typeparam name="TKey">The key's layout, as the other plugin has it.</typeparam>
    /// <typeparam name="TValue">The value's layout, as the other plugin has it.</typeparam>
    /// <param name="pluginId">The other plugin.</param>
    /// <param name="name">The map's name in that plugin.</param>
    /// <param name="optional">
    /// True: this plugin works without it (<see cref="IPluginMaps.TryOpen"/> tells); else it is quarantined where there is none.
    /// </param>
    MapHandle<TKey, TValue> ImportMap<TKey, TValue>(string pluginId, string name, bool optional = false)
        where TKey : unmanaged
        where TValue : unmanaged;

    /// <summary>Uses a flow field that another plugin exports.</summary>
    /// <typeparam name="T">The field's layout, as the other plugin has it.</typeparam>
    /// <param name="pluginId">The other plugin.</param>
    /// <param name="name">The field's name in that plugin.</param>
    /// <param name="optional">
    /// True: this plugin works without it (<see cref="Flow.Get{T}"/> then throws); else it is quarantined where there is none.
    /// </param>
    FlowField<T> ImportFlowField<T>(string pluginId, string name, bool optional = false)
        where T : unmanaged;
}
