using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>A plugin to load.</summary>
/// <param name="Folder">The folder with its assembly, absolute.</param>
/// <param name="IsEnabled">Whether it is loaded; one that is not stays in the file with its options.</param>
/// <param name="Sha256">The digest that its assembly must have, in lower-case hexadecimal digits; null if it is not pinned.</param>
/// <param name="Options">Its options as they were written, which the plugin reads and checks itself; empty if there are none.</param>
/// <param name="Position">Where it stands, for messages about the plugin.</param>
public sealed record PluginConfiguration(string Folder, bool IsEnabled, string? Sha256, MappingNode Options, SourcePosition Position)
{
    private const int Sha256Digits = 64;

    internal static ImmutableArray<PluginConfiguration> ReadAll(FieldReader agent, ConfigurationFolder folder)
    {
        var plugins = ImmutableArray.CreateBuilder<PluginConfiguration>();
        var places = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        foreach (FieldReader entry in agent.Mappings("plugins"))
        {
            PluginConfiguration plugin = Read(entry, folder);
            if (plugin.Folder.Length > 0 && !places.TryAdd(plugin.Folder, entry.Position))
            {
                entry.Error("folder", $"'{plugin.Folder}' is listed already in line {places[plugin.Folder].Line}; a plugin is loaded once");
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

        _ = entry.RequiredText("folder");
        return new PluginConfiguration(
            folder.Path(entry, "folder") ?? "",
            entry.Boolean("enabled") ?? true,
            entry.ParsedObject<string>("sha256", TryParseDigest),
            options as MappingNode ?? new MappingNode([], entry.Position, entry.Path.Field("options")),
            entry.Position);
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
