using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calico.Core.Chain.Layouts;

/// <summary>
/// How the plugins' maps and flow fields are laid out, in words that hold no plugin's type: so that the next version's,
/// or the next agent's, can be compared with them field by field.
/// </summary>
public sealed record LayoutCatalog
{
    /// <summary>Of a node that has no plugin.</summary>
    public static LayoutCatalog Empty { get; } = new();

    /// <summary>The format; another one is refused.</summary>
    [JsonRequired]
    public int Version { get; init; } = 1;

    /// <summary>The plugins' maps.</summary>
    [JsonRequired]
    public IReadOnlyList<MapLayout> Maps { get; init; } = [];

    /// <summary>The plugins' flow fields.</summary>
    [JsonRequired]
    public IReadOnlyList<FieldLayout> FlowFields { get; init; } = [];

    /// <summary>The plugins' events.</summary>
    [JsonRequired]
    public IReadOnlyList<EventLayout> Events { get; init; } = [];

    /// <summary>The layouts of a plan.</summary>
    public static LayoutCatalog Of(ChainPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new LayoutCatalog
        {
            Maps = [.. plan.Plugins.SelectMany(plugin => plugin.Maps).Select(map => new MapLayout(
                map.PluginId, map.Name, map.CName, $"{map.Kind}", map.MaxEntries, TypeLayout.Of(map.Key), TypeLayout.Of(map.Value)))],
            FlowFields = [.. plan.Plugins.SelectMany(plugin => plugin.FlowFields).Select(field => new FieldLayout(
                field.PluginId, field.Name, field.CName, TypeLayout.Of(field.Type)))],
            Events = [.. plan.Plugins.SelectMany(plugin => plugin.Events).Select(stream => new EventLayout(
                stream.PluginId, stream.Name, stream.CName, stream.RingBytes, TypeLayout.Of(stream.Record)))],
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, LayoutCatalogJson.Default.LayoutCatalog);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is damaged or of another version.</exception>
    public static LayoutCatalog FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LayoutCatalogJson.Default.LayoutCatalog) is { Version: 1 } read
                ? read
                : throw new FormatException("The description of layouts is of another version than 1.");
        }
        catch (JsonException damaged)
        {
            throw new FormatException($"The description of layouts is not JSON of the expected shape: {damaged.Message}", damaged);
        }
    }
}

/// <summary>A map's layout.</summary>
/// <param name="PluginId">Whose it is.</param>
/// <param name="Name">Its name in the plugin.</param>
/// <param name="CName">Its name in C and in bpffs, unique among all plugins.</param>
/// <param name="Kind">The kernel's type, such as <c>LruHash</c>.</param>
/// <param name="MaxEntries">How many entries it holds.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
public sealed record MapLayout(string PluginId, string Name, string CName, string Kind, uint MaxEntries, TypeLayout Key, TypeLayout Value);

/// <summary>A flow field's layout.</summary>
/// <param name="PluginId">Whose it is.</param>
/// <param name="Name">Its name in the plugin.</param>
/// <param name="CName">Its name in C, unique among all plugins.</param>
/// <param name="Type">Its layout.</param>
public sealed record FieldLayout(string PluginId, string Name, string CName, TypeLayout Type);

/// <summary>An event stream's layout.</summary>
/// <param name="PluginId">Whose it is.</param>
/// <param name="Name">Its name in the plugin.</param>
/// <param name="CName">Its ring's name in C and in bpffs, unique among all plugins.</param>
/// <param name="RingBytes">The ring's size.</param>
/// <param name="Record">One event.</param>
public sealed record EventLayout(string PluginId, string Name, string CName, uint RingBytes, TypeLayout Record);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LayoutCatalog))]
internal sealed partial class LayoutCatalogJson : JsonSerializerContext;
