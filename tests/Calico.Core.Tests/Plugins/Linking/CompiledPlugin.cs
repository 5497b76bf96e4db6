using Calico.Core.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Calico.Core.Tests.Plugins.Linking;

/// <summary>Compiles C# in the test, against whatever contract it is told to.</summary>
internal static class CompiledPlugin
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // What this process runs on: the framework, and the packages beside the tests.
    private static readonly Dictionary<string, MetadataReference> s_platform =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').DistinctBy(path => Path.GetFileName(path))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => (MetadataReference)MetadataReference.CreateFromFile(path));

    /// <summary>The contract as it is.</summary>
    public static MetadataReference Sdk => s_platform["Calico.Sdk"];

    /// <summary>A contract of this name and version that has other members than the host's.</summary>
    /// <param name="members">Further members of <c>IPluginBuilder</c>.</param>
    /// <param name="types">Further types, in the namespace Calico.Sdk.</param>
    public static MetadataReference OtherSdk(string members = "", string types = "") => MetadataReference.CreateFromImage(Compile("Calico.Sdk", null, [$$"""
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        namespace Calico.Sdk;
        public interface IDataplanePlugin { void Configure(IPluginBuilder plugin); }
        public sealed class DataplanePluginAttribute(string id) : Attribute { public string Id { get; } = id; public string Description { get; init; } = ""; }
        public interface IPluginBuilder { string Id { get; } {{members}} }
        {{types}}
        """]));

    /// <summary>A library.</summary>
    public static byte[] Library(string name, string source, MetadataReference? sdk = null) => Compile(name, sdk, [source]);

    /// <summary>A plugin's folder.</summary>
    /// <param name="source">Its C#.</param>
    /// <param name="sdk">What it is built against; null = the host's.</param>
    /// <param name="manifest">Its manifest; null = none.</param>
    /// <param name="libraries">What it brings along, by name.</param>
    public static TemporaryFolder Write(
        string source, MetadataReference? sdk = null, string? manifest = null, params (string Name, byte[] Image)[] libraries)
    {
        var folder = new TemporaryFolder();
        void Put(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder.Path, name), content);
        Put("Acme.Tried.dll", Compile("Acme.Tried", sdk ?? Sdk, [source], [.. libraries.Select(library => MetadataReference.CreateFromImage(library.Image))]));
        Put("Acme.Tried.deps.json", """{"runtimeTarget":{"name":"any"},"targets":{"any":{"Acme.Tried/1.0.0":{"runtime":{"Acme.Tried.dll":{}}}}},"libraries":{}}"""u8.ToArray());
        foreach ((string name, byte[] image) in libraries)
        {
            Put(name + ".dll", image);
        }

        if (manifest is not null)
        {
            File.WriteAllText(Path.Combine(folder.Path, PluginManifest.FileName), manifest);
        }

        return folder;
    }

    private static byte[] Compile(string name, MetadataReference? sdk, IEnumerable<string> sources, params MetadataReference[] more)
    {
        IEnumerable<MetadataReference> references = s_platform
            .Where(pair => !pair.Key.StartsWith("Calico.Sdk", StringComparison.Ordinal))
            .Select(pair => pair.Value);
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Prepend(Usings).Select(source => CSharpSyntaxTree.ParseText(source, options)),
            [.. references, .. more, .. sdk is null ? Array.Empty<MetadataReference>() : [sdk]],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return image.ToArray();
    }
}
