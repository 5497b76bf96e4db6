using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Calico.Core.Plugins.Linking;

/// <summary>One assembly of a plugin, as metadata.</summary>
internal sealed class PluginImage
{
    /// <exception cref="BadImageFormatException">Its tables are damaged.</exception>
    public PluginImage(string path, MetadataReader reader)
    {
        Path = path;
        Reader = reader;
        Name = reader.GetString(reader.GetAssemblyDefinition().Name);
        References = reader.AssemblyReferences
            .Select(reader.GetAssemblyReference)
            .GroupBy(reference => reader.GetString(reference.Name), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Max(reference => reference.Version)!, StringComparer.OrdinalIgnoreCase);
    }

    public string Path { get; }

    public MetadataReader Reader { get; }

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; }

    /// <summary>The assemblies that it refers to, and in which version.</summary>
    public IReadOnlyDictionary<string, Version> References { get; }

    /// <summary>The type's name, and the assembly that the image expects it in; the image's own name for its own types.</summary>
    /// <param name="handle">A definition, a reference, or a specification, of which the generic type counts.</param>
    public TypeName? NameOf(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return null;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return new TypeName(Name, MetadataTypeText.Instance.GetTypeFromDefinition(Reader, (TypeDefinitionHandle)handle, 0), []);
            case HandleKind.TypeReference:
                return AssemblyOf((TypeReferenceHandle)handle) is { } assembly
                    ? new TypeName(assembly, MetadataTypeText.Instance.GetTypeFromReference(Reader, (TypeReferenceHandle)handle, 0), [])
                    : null;
            case HandleKind.TypeSpecification:
                BlobReader signature = Reader.GetBlobReader(Reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                {
                    return null; // An array or a pointer: the framework's, not the contract's.
                }

                _ = signature.ReadCompressedInteger(); // class or value type
                EntityHandle definition = signature.ReadTypeHandle();
                var decoder = new SignatureDecoder<string, object?>(MetadataTypeText.Instance, Reader, genericContext: null);
                var arguments = new string[signature.ReadCompressedInteger()];
                for (int index = 0; index < arguments.Length; index++)
                {
                    arguments[index] = decoder.DecodeType(ref signature, allowTypeSpecifications: true);
                }

                return NameOf(definition) is { } name ? name with { Arguments = arguments } : null;
            default:
                return null;
        }
    }

    private string? AssemblyOf(TypeReferenceHandle handle)
    {
        EntityHandle scope = Reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => AssemblyOf((TypeReferenceHandle)scope),
            HandleKind.ModuleDefinition => Name,
            _ => null,
        };
    }
}

/// <summary>A type by name.</summary>
/// <param name="Assembly">The simple name of the assembly in which it is looked for.</param>
/// <param name="FullName">As <see cref="Type.FullName"/> writes it.</param>
/// <param name="Arguments">What stands for its type parameters; empty where it has none or they are left open.</param>
internal sealed record TypeName(string Assembly, string FullName, IReadOnlyList<string> Arguments);
