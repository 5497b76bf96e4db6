using System.Reflection.Metadata;

namespace Calico.Core.Plugins.Linking;

/// <summary>Finds the references into shared assemblies that this host cannot satisfy: types, methods and fields.</summary>
internal static class LinkCheck
{
    /// <summary>What an assembly refers to and the host lacks, by the shared assembly that should have it.</summary>
    /// <exception cref="BadImageFormatException">The assembly is damaged.</exception>
    public static ILookup<string, string> Missing(PluginImage image)
    {
        var missing = new List<(string Assembly, string What)>();
        MetadataReader reader = image.Reader;
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (image.NameOf(handle) is { } name && HostTypes.IsShared(name.Assembly) && HostTypes.Find(name) is null)
            {
                missing.Add((name.Assembly, TypeText.ForPeople(name.FullName)));
            }
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (image.NameOf(member.Parent) is { } owner && HostTypes.IsShared(owner.Assembly)
                && HostTypes.Find(owner) is { } type && Explain(reader, member, type) is { } what)
            {
                missing.Add((owner.Assembly, what));
            }
        }

        return missing.Distinct().ToLookup(found => found.Assembly, found => found.What, StringComparer.OrdinalIgnoreCase);
    }

    // Null where the host has it.
    private static string? Explain(MetadataReader reader, MemberReference member, Type owner)
    {
        string name = reader.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            string type = member.DecodeFieldSignature(MetadataTypeText.Instance, genericContext: null);
            return HostTypes.HasField(owner, name, type) ? null : $"{TypeText.ForPeople(TypeText.Of(owner))}.{name}";
        }

        MethodSignature<string> signature = member.DecodeMethodSignature(MetadataTypeText.Instance, genericContext: null);
        return HostTypes.HasMethod(owner, name, TypeText.Of(signature)) ? null : ForPeople(owner, name, signature);
    }

    private static string ForPeople(Type owner, string name, MethodSignature<string> signature)
    {
        string type = TypeText.ForPeople(owner.FullName ?? owner.Name);
        string[] parameters = [.. signature.ParameterTypes.Select(TypeText.ForPeople)];
        return name == ".ctor" ? $"new {type}({string.Join(", ", parameters)})"
            : name.StartsWith("get_", StringComparison.Ordinal) && parameters.Length == 0 ? $"{type}.{name["get_".Length..]}"
            : name.StartsWith("set_", StringComparison.Ordinal) && parameters.Length == 1 ? $"{type}.{name["set_".Length..]} (to set it)"
            : $"{type}.{name}({string.Join(", ", parameters)})";
    }
}
