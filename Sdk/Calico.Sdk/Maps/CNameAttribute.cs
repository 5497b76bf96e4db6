namespace Calico.Sdk;

/// <summary>The name that a struct, enum, constant or field has in C, where the derived one (snake_case) does not do.</summary>
/// <remarks>
/// On an enum it replaces the name and the prefix of the constants; on an enum's member it is the whole name of the
/// constant. Names in C belong to a plugin's declarations as in C#: changing one changes what its templates write.
/// </remarks>
/// <param name="name">A C identifier.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class CNameAttribute(string name) : Attribute
{
    /// <summary>The C identifier.</summary>
    public string Name { get; } = name;
}
