namespace Calico.Core.Maps;

/// <summary>A plugin's maps cannot be had.</summary>
/// <param name="pluginId">Whose maps.</param>
/// <param name="message">Which map, why, and what to do.</param>
public sealed class MapRefusedException(string pluginId, string message) : Exception(message)
{
    /// <summary>Whose maps.</summary>
    public string PluginId { get; } = pluginId;
}
