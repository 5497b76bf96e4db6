using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Calico.Core.Tests.Plugins;

/// <summary>Writes an assembly without a type, with references to versions that no compiler here could give it.</summary>
internal static class EmptyAssembly
{
    public static TemporaryFolder Write(string name, params (string Name, Version Version)[] references)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new Version(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        foreach ((string referenced, Version version) in references)
        {
            metadata.AddAssemblyReference(metadata.GetOrAddString(referenced), version, default, default, 0, default);
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), new BlobBuilder())
            .Serialize(image);
        var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, name + ".dll"), image.ToArray());
        File.WriteAllText(Path.Combine(folder.Path, name + ".deps.json"), """{"runtimeTarget":{"name":"any"},"targets":{"any":{}},"libraries":{}}""");
        return folder;
    }
}
