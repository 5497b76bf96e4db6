using System.Text.Json;

namespace Calico.Core.Plugins;

/// <summary>
/// Checks the shape of a plugin's NAME.deps.json. The runtime reads it with native code that takes members for granted
/// (hostpolicy, deps_format.cpp): one that lacks "runtimeTarget" does not fail to load, it aborts the process.
/// </summary>
internal static class DependencyFile
{
    private static readonly string[] s_assetTypes = ["runtime", "resources", "native"];

    /// <exception cref="PluginLoadException">The runtime would not survive reading it.</exception>
    public static void Check(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            if (Explain(document.RootElement) is { } wrong)
            {
                throw new PluginLoadException($"{path} is damaged: {wrong}. Build or install the plugin again.");
            }
        }
        catch (JsonException broken)
        {
            throw new PluginLoadException($"{path} is not JSON (line {broken.LineNumber + 1}). Build or install the plugin again.");
        }
    }

    private static string? Explain(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("runtimeTarget", out JsonElement target))
        {
            return "it has no \"runtimeTarget\"";
        }

        string? name = target.ValueKind switch
        {
            JsonValueKind.String => target.GetString(),
            JsonValueKind.Object when IsText(target, "name") => target.GetProperty("name").GetString(),
            _ => null,
        };
        return name is null ? "\"runtimeTarget\" has no name"
            : !IsObject(root, "targets", out JsonElement targets) || !IsObject(targets, name, out JsonElement packages) ? $"\"targets\" has no \"{name}\""
            : !packages.EnumerateObject().All(package => IsPackage(package.Value)) ? $"a package of target \"{name}\" does not list its files as it should"
            : !IsObject(root, "libraries", out JsonElement libraries) ? "it has no \"libraries\""
            : !libraries.EnumerateObject().All(library => IsLibrary(library.Value)) ? "a member of \"libraries\" lacks its type, sha512 or serviceable"
            : root.TryGetProperty("runtimes", out JsonElement runtimes) && !AreRuntimes(runtimes) ? "\"runtimes\" is not an object of lists"
            : null;
    }

    private static bool IsPackage(JsonElement package) =>
        package.ValueKind == JsonValueKind.Object
        && s_assetTypes.All(type => !package.TryGetProperty(type, out JsonElement files) || AreFiles(files, _ => true))
        && (!package.TryGetProperty("runtimeTargets", out JsonElement targets)
            || AreFiles(targets, file => IsText(file, "assetType") && IsText(file, "rid")));

    private static bool AreFiles(JsonElement files, Func<JsonElement, bool> isFile) =>
        files.ValueKind == JsonValueKind.Object
        && files.EnumerateObject().All(file => file.Value.ValueKind == JsonValueKind.Object && isFile(file.Value));

    private static bool IsLibrary(JsonElement library) =>
        IsText(library, "type") && IsText(library, "sha512")
        && library.TryGetProperty("serviceable", out JsonElement serviceable)
        && serviceable.ValueKind is (JsonValueKind.True or JsonValueKind.False);

    private static bool AreRuntimes(JsonElement runtimes) =>
        runtimes.ValueKind == JsonValueKind.Object
        && runtimes.EnumerateObject().All(runtime => runtime.Value.ValueKind == JsonValueKind.Array
            && runtime.Value.EnumerateArray().All(fallback => fallback.ValueKind == JsonValueKind.String));

    private static bool IsText(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String;

    private static bool IsObject(JsonElement owner, string member, out JsonElement value) =>
        owner.TryGetProperty(member, out value) && value.ValueKind == JsonValueKind.Object;
}
