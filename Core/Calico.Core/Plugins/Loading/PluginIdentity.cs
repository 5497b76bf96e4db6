using System.Reflection.Metadata;
using Calico.Core.Plugins.Linking;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>Who a plugin says it is, read from its assembly's metadata without loading it.</summary>
/// <param name="Id">The id that its entry class is marked with; null where no class is, or several are.</param>
/// <param name="Version">The version of its package, without the commit; null where it has none.</param>
/// <param name="Description">Its own sentence; empty where it has none.</param>
internal sealed record PluginIdentity(string? Id, string? Version, string Description)
{
    /// <exception cref="BadImageFormatException">The assembly is damaged.</exception>
    public static PluginIdentity Of(PluginImage image)
    {
        MetadataReader reader = image.Reader;
        List<CustomAttributeValue<string>> marks = [.. reader.TypeDefinitions
            .SelectMany(type => Attributes(image, reader.GetTypeDefinition(type).GetCustomAttributes(), typeof(DataplanePluginAttribute).FullName!))];
        CustomAttributeValue<string>? mark = marks.Count == 1 ? marks[0] : null;
        string? informational = Attributes(
                image, reader.GetAssemblyDefinition().GetCustomAttributes(), typeof(System.Reflection.AssemblyInformationalVersionAttribute).FullName!)
            .Select(attribute => attribute.FixedArguments is [{ Value: string text }] ? text.Split('+')[0] : null)
            .FirstOrDefault();
        return new PluginIdentity(
            mark?.FixedArguments is [{ Value: string id }] ? id : null,
            informational ?? reader.GetAssemblyDefinition().Version.ToString(),
            mark?.NamedArguments.FirstOrDefault(argument => argument.Name == nameof(DataplanePluginAttribute.Description)).Value as string ?? "");
    }

    private static IEnumerable<CustomAttributeValue<string>> Attributes(PluginImage image, CustomAttributeHandleCollection attributes, string type)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = image.Reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && image.NameOf(image.Reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent)?.FullName == type)
            {
                yield return attribute.DecodeValue(AttributeTypeText.Instance);
            }
        }
    }
}
