using System.IO.Compression;
using Calico.Core.Tests.Plugins.Linking;

namespace Calico.Core.Tests.Plugins.Store;

/// <summary>Writes packages of plugins.</summary>
internal static class TestPackage
{
    public static string Manifest(string id, string version) =>
        $$$"""{"schema":1,"id":"{{{id}}}","version":"{{{version}}}","entryAssembly":"Acme.Tried.dll","description":"Tries.","contract":{"Calico.Sdk":"1.0"}}""";

    /// <summary>A good one, in a folder of the test's.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="version">The plugin's version.</param>
    /// <param name="body">What its Configure does.</param>
    /// <param name="id">The plugin.</param>
    public static string Good(string folder, string version, string body = "", string id = "tried")
    {
        using TemporaryFolder plugin = CompiledPlugin.Write(
            $$"""
            using Calico.Sdk;
            namespace Acme.Tried;
            [DataplanePlugin("{{id}}")]
            public sealed class TriedPlugin : IDataplanePlugin { public void Configure(IPluginBuilder plugin) { {{body}} } }
            """,
            manifest: Manifest(id, version));
        return Of(folder, $"{id}.{version}", [.. Directory.EnumerateFiles(plugin.Path).Select(file => ("lib/net10.0/" + Path.GetFileName(file), File.ReadAllBytes(file)))]);
    }

    /// <summary>Any zip.</summary>
    public static string Of(string folder, string name, params (string Name, byte[] Content)[] entries)
    {
        string file = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.nupkg");
        using ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach ((string entry, byte[] content) in entries)
        {
            using Stream stream = archive.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return file;
    }
}
