namespace Calico.Sdk;

/// <summary>All plugins' decoders from ids to names. A service of the host; thread-safe, and never throws for want of a name.</summary>
public interface IIdDecoders
{
    /// <summary>The name of an id; null where the plugin, the decoder or the name is not known.</summary>
    /// <param name="pluginId">The plugin that has the decoder.</param>
    /// <param name="decoder">What <see cref="IPluginBuilder.Decoder"/> was given.</param>
    /// <param name="id">The number.</param>
    string? Decode(string pluginId, string decoder, ulong id);

    /// <summary>The name of what a flow field holds; null where the field names no decoder, or the decoder knows no name.</summary>
    /// <typeparam name="T">The field's layout: an integer, or a struct of at most 8 bytes, which is read as one (the rest is 0).</typeparam>
    /// <param name="field">What <see cref="IPluginBuilder.FlowField"/> or <see cref="IPluginBuilder.ImportFlowField"/> returned.</param>
    /// <param name="value">What <see cref="Flow.Get{T}"/> returned.</param>
    string? Decode<T>(FlowField<T> field, T value)
        where T : unmanaged;
}
