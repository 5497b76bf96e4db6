namespace Calico.Core.Plugins;

/// <content>Names for numbers.</content>
public sealed partial class LoadedPlugin
{
    /// <summary>Its decoders; none after it was stopped.</summary>
    internal IReadOnlyList<PluginDecoder> Decoders { get; private set; }
}
