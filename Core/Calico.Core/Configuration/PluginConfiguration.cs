using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Calico.Core.Plugins;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>A plugin to load.</summary>
/// <param name="Folder">The folder with its assembly, absolute; empty where the plugin is named by <see cref="Id"/>.</param>
/// <param name="IsEnabled">Whether it is loaded; one that is not stays in the file with its options.</param>
/// <param name="Sha256">The digest that its assembly must have, in lower-case hexadecimal digits; null if it is not pinned.</param>
/// <param name="Options">Its options as they were written, which the plugin reads and checks itself; empty if there are none.</param>
/// <param name="Position">Where it stands, for messages about the plugin.</param>
public sealed record PluginConfiguration(string Folder, bool IsEnabled, string? Sha256, MappingNode Options, SourcePosition Position)
{
    private const int Sha256Digits = 64;

    /// <summary>The plugin's id, where it is taken from the store of installed plugins; else null.</summary>
    public string? Id { get; init; }

    /// <summary>With an id: the version; null = the one that `calico plugin use` chose last.</summary>
    public string? Version { get; init; }

    /// <summary>How the file names it, for messages.</summary>
    public string Name => Id is null ? Folder : Version is null ? Id : $"{Id} {Version}";

    internal static ImmutableArray<PluginConfiguration> ReadAll(FieldReader agent, ConfigurationFolder folder)
    {
        var plugins = ImmutableArray.CreateBuilder<PluginConfiguration>();
        var places = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        foreach (FieldReader entry in agent.Mappings("plugins"))
        {
            PluginConfiguration plugin = Read(entry, folder);
            string name = plugin.Id ?? plugin.Folder;
            if (name.Length > 0 && !places.TryAdd(name, entry.Position))
            {
                entry.Error(plugin.Id is null ? "folder" : "id", $"'{name}' is listed already in line {places[name].Line}; a plugin is loaded once");
            }

            plugins.Add(plugin);
        }

        return plugins.ToImmutable();
    }

    private static PluginConfiguration Read(FieldReader entry, ConfigurationFolder folder)
    {
        ResourceNode? options = entry.Node("options");
        if (options is not null and not MappingNode)
        {
            entry.Error("options", $"must be a mapping of fields, but is {options.Description}");
        }

        string? id = entry.ParsedObject<string>("id", TryParseId);
        string? version = entry.ParsedObject<string>("version", TryParseVersion);
        if (entry.Node("id") is not null && entry.Node("folder") is not null)
        {
            entry.Error("folder", "stands beside 'id'; a plugin is named by its id, if it was installed, or by its folder");
        }
        else if (entry.Node("id") is null)
        {
            _ = entry.RequiredText("folder");
            if (version is not null)
            {
                entry.Error("version", "belongs to an 'id'; a folder holds one version");
            }
        }

        return new PluginConfiguration(
            folder.Path(entry, "folder") ?? "",
            entry.Boolean("enabled") ?? true,
            entry.ParsedObject<string>("sha256", TryParseDigest),
            options as MappingNode ?? new MappingNode([], entry.Position, entry.Path.Field("options")),
            entry.Position)
        {
            Id = id,
            Version = version,
        };
    }

    private static bool TryParseId(string text, [MaybeNullWhen(false)] out string id, [NotNullWhen(false)] out string? reason)
    {
        reason = NameRules.ExplainId(text) is { } wrong ? $"is no plugin's id: {wrong.TrimEnd('.')}" : null;
        id = reason is null ? text : null;
        return reason is null;
    }

    private static bool TryParseVersion(string text, [MaybeNullWhen(false)] out string version, [NotNullWhen(false)] out string? reason)
    {
        reason = VersionFolder.Explain(text) is { } wrong ? $"is no version: {wrong}" : null;
        version = reason is null ? text : null;
        return reason is null;
    }

    private static bool TryParseDigest(string text, [MaybeNullWhen(false)] out string digest, [NotNullWhen(false)] out string? reason)
    {
        bool isDigest = text.Length == Sha256Digits && text.All(char.IsAsciiHexDigit);
#pragma warning disable CA1308 // Lower case is how sha256sum prints a digest.
        digest = isDigest ? text.ToLowerInvariant() : null;
#pragma warning restore CA1308
        reason = isDigest ? null : $"is not a SHA-256 digest ({Sha256Digits} hexadecimal digits, as sha256sum prints it)";
        return isDigest;
    }
}
