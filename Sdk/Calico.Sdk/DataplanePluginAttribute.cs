namespace Calico.Sdk;

/// <summary>Names the plugin that a class implements.</summary>
/// <param name="id">
/// The plugin's identity among all plugins of a node: lower-case letters, digits and hyphens, beginning with a letter,
/// at most 32 characters, such as <c>flow-counters</c>. Its maps, fields and metrics carry it, so it must not change.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DataplanePluginAttribute(string id) : Attribute
{
    /// <summary>The plugin's identity.</summary>
    public string Id { get; } = id;

    /// <summary>One sentence for <c>calico plugin list</c>.</summary>
    public string Description { get; init; } = "";
}
