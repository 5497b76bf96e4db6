namespace Calico.Sdk;

/// <content>What stages tell user space.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Declares a stream of events, from the plugin's stages to <see cref="IPluginEvents"/>. In C, with PLUGIN as the
    /// plugin's id with underscores: <c>event_emit(PLUGIN_NAME, &amp;event)</c> copies an event in;
    /// <c>event_reserve(PLUGIN_NAME)</c> gives room to fill in place, or NULL, and then <c>event_submit</c> or <c>event_discard</c>
    /// must follow on every path, or the verifier refuses the stage.
    /// </summary>
    /// <remarks>
    /// The ring is shared by all CPUs, in the order of their reservations. When it is full an event is lost and counted
    /// (<see cref="IPluginEvents.Lost"/>). It is pinned like a map: events that stages tell while no agent runs wait in it
    /// for the next one.
    /// </remarks>
    /// <typeparam name="T">Blittable, without implicit padding; emitted as a C struct.</typeparam>
    /// <param name="name">snake_case, unique among the plugin's streams and maps.</param>
    /// <param name="ringBytes">
    /// The ring's size: a power of two, at least a page (4,096 on most machines). An event takes its size rounded up to 8,
    /// and 8 bytes.
    /// </param>
    EventStream<T> Events<T>(string name, uint ringBytes)
        where T : unmanaged;
}
