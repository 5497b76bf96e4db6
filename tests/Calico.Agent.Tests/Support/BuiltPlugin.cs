using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Calico.Agent.Tests.Support;

/// <summary>A plugin that was built with the tests.</summary>
internal static class BuiltPlugin
{
    /// <summary>The plugin "obedient": its output folder, which has the same end as ours.</summary>
    public static string Obedient
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.GetFullPath(Path.Combine(here.FullName, "../../../../plugins/Acme.Obedient/bin", here.Parent!.Name, here.Name));
        }
    }

    /// <summary>Its package, as of any version.</summary>
    public static string Pack(string folder, string version)
    {
        string file = Path.Combine(folder, $"Acme.Obedient.{version}.nupkg");
        using ZipArchive package = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (string source in Directory.EnumerateFiles(Obedient).Where(source => !source.EndsWith("calico-plugin.json", StringComparison.Ordinal)))
        {
            package.CreateEntryFromFile(source, $"lib/net10.0/{Path.GetFileName(source)}");
        }

        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Obedient, "calico-plugin.json")))!;
        manifest["version"] = version;
        using var writer = new StreamWriter(package.CreateEntry("lib/net10.0/calico-plugin.json").Open());
        writer.Write(manifest.ToJsonString());
        return file;
    }
}
