namespace Calico.Core.Chain.Layouts;

/// <summary>A plugin lays a map or a flow field out otherwise than the generation in force, whose entries would be lost.</summary>
public sealed class LayoutException(string pluginId, IReadOnlyList<LayoutDifference> differences) : Exception(
    $"Plugin '{pluginId}' has another layout than the version in force. {string.Join("; ", differences)}. "
    + "What is stored would be lost: give it another name, or restart the agent to begin with an empty one.")
{
    /// <summary>Whose layout it is.</summary>
    public string PluginId { get; } = pluginId;
}
