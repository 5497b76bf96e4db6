using System.Reflection.Metadata;

namespace Calico.Core.Plugins.Linking;

/// <summary>Names the types in the arguments of the two attributes that are read, which are texts.</summary>
internal sealed class AttributeTypeText : ICustomAttributeTypeProvider<string>
{
    public static AttributeTypeText Instance { get; } = new();

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => MetadataTypeText.Instance.GetPrimitiveType(typeCode);

    public string GetSystemType() => "System.Type";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        MetadataTypeText.Instance.GetTypeFromDefinition(reader, handle, rawTypeKind);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        MetadataTypeText.Instance.GetTypeFromReference(reader, handle, rawTypeKind);

    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";
}
