using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Calico.Sdk.Check;

/// <summary>
/// Writes <c>calico-plugin.json</c> into the work folder and the output folder. It is made from the assembly's metadata:
/// nothing of the plugin runs.
/// </summary>
internal static class ManifestFile
{
    public const string Name = "calico-plugin.json";

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, NewLine = "\n" };

    /// <returns>False where the assembly is no plugin; that was said then.</returns>
    public static bool Write(CheckRequest request, AuthorFiles files, BuildMessages messages)
    {
        using var file = new PEReader(File.OpenRead(request.Assembly));
        MetadataReader metadata = file.GetMetadataReader();
        if (PluginMark.Find(metadata) is not { } mark)
        {
            messages.Error(Codes.Load, files.Project, $"{Path.GetFileName(request.Assembly)} is not a plugin: no class of it is marked with [DataplanePlugin(\"its-id\")]. Mark the one that implements IDataplanePlugin, or take <CalicoPlugin> out of the project.");
            return false;
        }

        byte[] json = Json(request, mark, References(metadata));
        foreach (string folder in new[] { request.Work, request.Output })
        {
            Replace(Path.Combine(folder, Name), json);
        }

        return true;
    }

    private static byte[] Json(CheckRequest request, PluginMark mark, SortedDictionary<string, Version> references)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("id", mark.Id);
            json.WriteString("version", request.Version);
            json.WriteString("description", mark.Description);
            json.WriteString("entryAssembly", Path.GetFileName(request.Assembly));
            json.WriteString("framework", request.Framework);
            json.WriteString("sdk", SdkVersion);
            WriteVersions(json, "contract", references.Where(reference => IsContract(reference.Key)), parts: 2);
            WriteVersions(json, "shared", references.Where(reference => HostAssemblies.Framework.Contains(reference.Key)), parts: 4);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static bool IsContract(string name) => HostAssemblies.Contract.Contains(name);

    /// <summary>The release of Calico.Sdk whose build this is: the tool is part of its package.</summary>
    private static string SdkVersion => HostAssemblies.ReleaseOfContract;

    private static void WriteVersions(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, Version>> versions, int parts)
    {
        json.WriteStartObject(name);
        foreach ((string assembly, Version version) in versions)
        {
            json.WriteString(assembly, version.ToString(parts));
        }

        json.WriteEndObject();
    }

    private static SortedDictionary<string, Version> References(MetadataReader metadata)
    {
        var references = new SortedDictionary<string, Version>(StringComparer.Ordinal);
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            references[metadata.GetString(reference.Name)] = reference.Version;
        }

        return references;
    }

    /// <summary>A file that stays as it is keeps its time, so that what depends on it is not built again.</summary>
    private static void Replace(string path, byte[] content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        File.WriteAllBytes(path, content);
    }
}
