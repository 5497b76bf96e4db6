using System.Reflection;
using System.Text.Json;

namespace Calico.Core.Plugins.Linking;

/// <summary>Looks whether what a plugin needs beside itself is there: in its folder, or in the host.</summary>
internal static class Dependencies
{
    /// <exception cref="PluginLoadException">Something is missing.</exception>
    public static void Check(PluginFolder folder, PluginImages images)
    {
        foreach ((string package, string file) in Listed(folder.DependencyFile))
        {
            if (!File.Exists(Path.Combine(folder.Path, file)) && !File.Exists(Path.Combine(folder.Path, Path.GetFileName(file)))
                && !HostHas(Path.GetFileNameWithoutExtension(file), version: null))
            {
                throw new PluginLoadException(
                    $"{folder.Path} lacks {Path.GetFileName(file)} (of {package}), which {Path.GetFileName(folder.DependencyFile)} lists. Build or install the plugin again, all of its output folder.");
            }
        }

        // What dependencies refer to may well be meant for another system and never be used; what the plugin itself refers to is used.
        foreach ((string name, Version version) in images.Entry.References)
        {
            if (images.Find(name) is null && !HostTypes.IsShared(name) && !HostHas(name, version))
            {
                throw new PluginLoadException(
                    $"{folder.EntryAssembly} needs {name} {version}, which is neither in its folder nor part of the host. Build the plugin with <EnableDynamicLoading>true</EnableDynamicLoading>, which copies what it needs, and use all of its output folder.");
            }
        }
    }

    // The assemblies that deps.json expects beside the plugin. Native files and translations may be for other systems.
    private static List<(string Package, string File)> Listed(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement target = document.RootElement.GetProperty("runtimeTarget");
        string name = (target.ValueKind == JsonValueKind.String ? target : target.GetProperty("name")).GetString()!;
        return [.. document.RootElement.GetProperty("targets").GetProperty(name).EnumerateObject()
            .Where(package => package.Value.TryGetProperty("runtime", out _))
            .SelectMany(package => package.Value.GetProperty("runtime").EnumerateObject().Select(asset => (package.Name, asset.Name)))];
    }

    private static bool HostHas(string name, Version? version)
    {
        try
        {
            // In the host's own context: nothing of the plugin's is loaded by this.
            _ = Assembly.Load(new AssemblyName(name) { Version = version });
            return true;
        }
        catch (Exception absent) when (absent is IOException or BadImageFormatException)
        {
            return false;
        }
    }
}
