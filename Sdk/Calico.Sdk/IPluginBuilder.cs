using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Sdk;

/// <summary>Collects what a plugin contributes.</summary>
/// <remarks>
/// Not thread-safe; used inside <see cref="IDataplanePlugin.Configure"/> only. A name is checked when it is declared
/// (<see cref="ArgumentException"/>); what depends on other plugins is checked when the chain is planned.
/// </remarks>
public interface IPluginBuilder
{
    /// <summary>The plugin's identity, from <see cref="DataplanePluginAttribute"/>.</summary>
    string Id { get; }

    /// <summary>The operator's options for this plugin; empty where none were given.</summary>
    IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Services of this plugin: a container of its own, bridged to what the host offers.</summary>
    IServiceCollection Services { get; }

    /// <summary>Declares a stage.</summary>
    /// <param name="name">Lower-case letters, digits and underscores; unique among all plugins of the node.</param>
    /// <param name="phase">Where in the packet's path it sits.</param>
    IStageBuilder Stage(string name, StagePhase phase);

    /// <summary>
    /// Declares a map. Templates of the plugin see it under its name; its key and value are emitted as C structs.
    /// </summary>
    /// <typeparam name="TKey">Blittable, without implicit padding.</typeparam>
    /// <typeparam name="TValue">Blittable, without implicit padding.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    /// <param name="kind">The kernel's map type.</param>
    /// <param name="maxEntries">At least 1.</param>
    MapHandle<TKey, TValue> Map<TKey, TValue>(string name, MapKind kind, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged;

    /// <summary>
    /// Claims a field in every flow. NewFlow stages write it, PostFlow stages and user space read it; in C it is
    /// <c>flow_fields(pkt)->PLUGIN_NAME</c> with the hyphens of the plugin's id as underscores.
    /// </summary>
    /// <typeparam name="T">Blittable, at most 16 bytes. All plugins' fields together have 48 bytes.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    FlowField<T> FlowField<T>(string name)
        where T : unmanaged;

    /// <summary>
    /// Claims a field that travels with the packet from stage to stage: <c>pkt->meta.PLUGIN_NAME</c> in C.
    /// </summary>
    /// <typeparam name="T">Blittable, at most 16 bytes. All plugins' metadata together has 32 bytes.</typeparam>
    /// <param name="name">snake_case, unique in the plugin.</param>
    void PacketField<T>(string name)
        where T : unmanaged;

    /// <summary>Declares a reason for which a stage of this plugin drops: <c>DROP_NAME</c> in C.</summary>
    /// <param name="name">UPPER_CASE, unique among all plugins of the node.</param>
    /// <param name="sentence">What it means, for the person whose packet it was.</param>
    void DropReason(string name, string sentence);

    /// <summary>This plugin cannot work without another.</summary>
    void Requires(string pluginId);

    /// <summary>This plugin cannot work beside another.</summary>
    void Conflicts(string pluginId);

    /// <summary>
    /// Adds a command to the command line. It runs in the agent; its rows are shown as a table, JSON or YAML.
    /// </summary>
    /// <typeparam name="THandler">Made by the plugin's container for each run.</typeparam>
    /// <typeparam name="TRow">One row of the result: an immutable record.</typeparam>
    /// <param name="name">The word on the command line.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="rowType">
    /// How a row becomes JSON, from a source-generated <c>JsonSerializerContext</c> (reflection would keep an unloaded plugin alive).
    /// </param>
    /// <param name="parameters">The command's options.</param>
    void Command<THandler, TRow>(
        string name, string description, JsonTypeInfo<TRow> rowType, params IReadOnlyList<CommandParameter> parameters)
        where THandler : class, ICommandHandler<TRow>;
}
