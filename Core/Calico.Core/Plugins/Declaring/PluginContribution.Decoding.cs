namespace Calico.Core.Plugins;

/// <content>Names for numbers.</content>
internal sealed partial record PluginContribution
{
    /// <summary>Its decoders, not bound to a container yet.</summary>
    public IReadOnlyList<PluginDecoder> Decoders { get; init; } = [];
}
