namespace Calico.Sdk;

/// <content>What a plugin keeps with each flow and each packet.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Claims a field in every flow. NewFlow stages write it, PostFlow stages and user space read it; in C it is
    /// <c>flow_fields(pkt)->PLUGIN_NAME</c> with the hyphens of the plugin's id as underscores.
    /// </summary>
    /// <typeparam name="T">Blittable, at most 16 bytes. All plugins' fields together have 48 bytes.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    /// <param name="decoder">The plugin's decoder that knows names for the values (<see cref="Decoder"/>); null where they are no ids.</param>
    FlowField<T> FlowField<T>(string name, string? decoder = null)
        where T : unmanaged;

    /// <summary>
    /// Claims a field that travels with the packet from stage to stage: <c>pkt->meta.PLUGIN_NAME</c> in C.
    /// </summary>
    /// <typeparam name="T">Blittable, at most 16 bytes. All plugins' metadata together has 32 bytes.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    void PacketField<T>(string name)
        where T : unmanaged;
}
