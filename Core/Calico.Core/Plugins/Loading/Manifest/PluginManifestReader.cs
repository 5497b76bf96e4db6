using System.Collections.Immutable;
using System.Text.Json;

namespace Calico.Core.Plugins;

/// <summary>Reads a plugin's manifest. Members that it does not know are left alone: a newer build may write more.</summary>
internal static class PluginManifestReader
{
    // A manifest is a few hundred bytes; what is much larger is something else.
    private const int MostBytes = 256 * 1024;

    /// <summary>The manifest of a folder; null where there is none, as beside a build that does not write one.</summary>
    /// <exception cref="PluginLoadException">It is damaged, or written for another host.</exception>
    public static PluginManifest? Find(string folder)
    {
        string path = Path.Combine(folder, PluginManifest.FileName);
        return !File.Exists(path) ? null
            : new FileInfo(path).Length > MostBytes ? throw Damaged(path, $"it is larger than {MostBytes / 1024} KiB")
            : Read(File.ReadAllBytes(path), path);
    }

    /// <param name="json">The file's bytes.</param>
    /// <param name="path">Named in messages.</param>
    /// <exception cref="PluginLoadException">As above.</exception>
    public static PluginManifest Read(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, path);
        }
        catch (JsonException broken)
        {
            throw new PluginLoadException($"{path} is not JSON (line {broken.LineNumber + 1}). Build or install the plugin again.");
        }
    }

    private static PluginManifest Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Damaged(path, "it is not an object");
        }

        if (!root.TryGetProperty("schema", out JsonElement schema) || schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out int number) || number < 1)
        {
            throw Damaged(path, "\"schema\" is not a number from 1 on");
        }

        if (number > PluginManifest.CurrentSchema)
        {
            throw new PluginLoadException(
                $"{path} has the schema {number}, this host reads up to {PluginManifest.CurrentSchema}. Upgrade the host, or build the plugin with an older Calico.Sdk.");
        }

        string id = Text(root, "id", path);
        if (NameRules.ExplainId(id) is { } wrong)
        {
            throw Damaged(path, $"\"id\" is '{id}': {wrong.TrimEnd('.')}");
        }

        string version = Text(root, "version", path);
        if (VersionFolder.Explain(version) is { } unfit)
        {
            throw Damaged(path, $"\"version\" is '{version}': {unfit}");
        }

        string entry = Text(root, "entryAssembly", path);
        if (entry != Path.GetFileName(entry))
        {
            throw Damaged(path, $"\"entryAssembly\" is '{entry}', and it must be a file's name without a folder");
        }

        return new PluginManifest
        {
            Id = id,
            Version = version,
            EntryAssembly = entry.EndsWith(".dll", StringComparison.Ordinal) ? entry : entry + ".dll",
            Description = root.TryGetProperty("description", out JsonElement sentence) && sentence.ValueKind == JsonValueKind.String ? sentence.GetString()! : "",
            Sdk = root.TryGetProperty("sdk", out _) ? Text(root, "sdk", path) : null,
            Contract = Texts(root, "contract", path).ToImmutableSortedDictionary(pair => pair.Key, pair => ContractVersion(pair.Key, pair.Value, path), StringComparer.Ordinal),
            Shared = root.TryGetProperty("shared", out _) ? Texts(root, "shared", path) : ImmutableSortedDictionary<string, string>.Empty,
            Framework = root.TryGetProperty("framework", out _) ? Text(root, "framework", path) : null,
        };
    }

    private static Version ContractVersion(string name, string text, string path) =>
        Version.TryParse(text, out Version? version) || Version.TryParse(text + ".0", out version)
            ? version
            : throw Damaged(path, $"\"contract\" has the version '{text}' for {name}, and one such as 1.0 is expected");

    private static string Text(JsonElement root, string member, string path) =>
        root.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Damaged(path, $"\"{member}\" is not a text");

    private static ImmutableSortedDictionary<string, string> Texts(JsonElement root, string member, string path)
    {
        if (!root.TryGetProperty(member, out JsonElement value) || value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
        {
            throw Damaged(path, $"\"{member}\" is not an object of texts");
        }

        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty pair in value.EnumerateObject())
        {
            texts[pair.Name] = pair.Value.GetString()!;
        }

        return texts.ToImmutable();
    }

    private static PluginLoadException Damaged(string path, string wrong) =>
        new($"{path} is damaged: {wrong}. Build or install the plugin again.");
}
