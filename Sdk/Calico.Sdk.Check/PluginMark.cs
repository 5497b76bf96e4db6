using System.Reflection.Metadata;

namespace Calico.Sdk.Check;

/// <summary>The <c>[DataplanePlugin]</c> of an assembly, from its metadata.</summary>
/// <param name="Id">The plugin's identity; empty where the attribute gives none.</param>
/// <param name="Description">One sentence, or empty.</param>
internal sealed record PluginMark(string Id, string Description)
{
    /// <summary>The mark of the first class that has one; null where none has. That there is one only, loading checks.</summary>
    public static PluginMark? Find(MetadataReader metadata)
    {
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            foreach (CustomAttributeHandle attribute in metadata.GetTypeDefinition(handle).GetCustomAttributes())
            {
                CustomAttribute found = metadata.GetCustomAttribute(attribute);
                if (IsMark(metadata, found))
                {
                    return Read(metadata, found);
                }
            }
        }

        return null;
    }

    private static bool IsMark(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Name, nameof(DataplanePluginAttribute))
            && metadata.StringComparer.Equals(type.Namespace, typeof(DataplanePluginAttribute).Namespace!);
    }

    // ECMA-335 II.23.3: a prolog, the constructor's string, a count, then named string properties (0x54 0x0e NAME VALUE).
    private static PluginMark Read(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader blob = metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        string id = blob.ReadSerializedString() ?? "";
        string description = "";
        for (int left = blob.ReadUInt16(); left > 0 && blob.ReadByte() == 0x54 && blob.ReadByte() == 0x0e; left--)
        {
            string? name = blob.ReadSerializedString();
            string? value = blob.ReadSerializedString();
            if (name == nameof(DataplanePluginAttribute.Description))
            {
                description = value ?? "";
            }
        }

        return new PluginMark(id, description);
    }
}
