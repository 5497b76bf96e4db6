using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace Calico.Core.Plugins.Linking;

/// <summary>
/// Finds what a plugin's classes would have to implement for this host and do not: members that a newer contract added to
/// an interface or to an abstract class.
/// </summary>
/// <remarks>
/// Where a class extends one whose assembly is neither here nor shared, nobody can tell from metadata what it inherits:
/// such a class is taken to be complete.
/// </remarks>
internal sealed partial class ImplementationCheck(PluginImages images)
{
    /// <summary>The members, by the shared assembly that asks for them: <c>Acme.Limit: IThing.Do(String)</c>.</summary>
    /// <exception cref="BadImageFormatException">The assembly is damaged.</exception>
    public ILookup<string, string> Missing(PluginImage image)
    {
        var missing = new List<(string Assembly, string What)>();
        foreach (TypeDefinitionHandle handle in image.Reader.TypeDefinitions)
        {
            TypeDefinition type = image.Reader.GetTypeDefinition(handle);
            if (type.Attributes.HasFlag(TypeAttributes.Interface) || type.Attributes.HasFlag(TypeAttributes.Abstract))
            {
                continue;
            }

            List<Level> levels = [.. Levels(image, handle)];
            if (levels[^1].Name is not null && HostTypes.IsShared(levels[^1].Name!.Assembly) is false && !IsEnd(levels[^1].Name!))
            {
                continue;
            }

            foreach (Obligation obligation in levels.SelectMany(Obligations).DistinctBy(obligation => (obligation.Owner, obligation.Method.Name, obligation.Signature)))
            {
                if (!levels.Any(level => Implements(level, obligation)))
                {
                    missing.Add((
                        obligation.Owner.Assembly.GetName().Name!,
                        $"{image.NameOf(handle)!.FullName.Replace('+', '.')} lacks {TypeText.ForPeople(obligation.Owner.FullName!)}.{obligation.Method.Name}"));
                }
            }
        }

        return missing.Distinct().ToLookup(found => found.Assembly, found => found.What, StringComparer.OrdinalIgnoreCase);
    }

    // A class and those above it; the last one is the host's, object, or one that cannot be looked into.
    private IEnumerable<Level> Levels(PluginImage image, TypeDefinitionHandle handle)
    {
        IReadOnlyList<string> arguments = [];
        var seen = new HashSet<(PluginImage, TypeDefinitionHandle)>();
        while (seen.Add((image, handle)))
        {
            yield return new Level(image, handle, null, arguments);
            if (image.NameOf(image.Reader.GetTypeDefinition(handle).BaseType) is not { } above)
            {
                yield break;
            }

            arguments = [.. above.Arguments.Select(argument => Substitute(argument, arguments))];
            if (Definition(above) is not { } found)
            {
                yield return new Level(null, default, above, arguments);
                yield break;
            }

            (image, handle) = found;
        }
    }

    private (PluginImage Image, TypeDefinitionHandle Handle)? Definition(TypeName name)
    {
        if (HostTypes.IsShared(name.Assembly) || images.Find(name.Assembly) is not { } image)
        {
            return null;
        }

        foreach (TypeDefinitionHandle handle in image.Reader.TypeDefinitions)
        {
            if (MetadataTypeText.Instance.GetTypeFromDefinition(image.Reader, handle, 0) == name.FullName)
            {
                return (image, handle);
            }
        }

        return null;
    }

    private static IEnumerable<Obligation> Obligations(Level level)
    {
        if (level.Name is { } above)
        {
            return HostTypes.Find(above) is { } type ? HostTypes.Obligations(type, level.Arguments) : [];
        }

        MetadataReader reader = level.Image!.Reader;
        return reader.GetTypeDefinition(level.Handle).GetInterfaceImplementations()
            .Select(handle => level.Image.NameOf(reader.GetInterfaceImplementation(handle).Interface))
            .OfType<TypeName>()
            .SelectMany(name => HostTypes.IsShared(name.Assembly) && HostTypes.Find(name) is { } type
                ? HostTypes.Obligations(type, [.. name.Arguments.Select(argument => Substitute(argument, level.Arguments))])
                : []);
    }

    private static bool Implements(Level level, Obligation obligation)
    {
        if (level.Name is { } above)
        {
            return HostTypes.Find(above) is { } type
                && (obligation.Owner.IsInterface ? HostTypes.Implements(type, obligation.Method.Name, obligation.Signature, level.Arguments) : false);
        }

        MetadataReader reader = level.Image!.Reader;
        TypeDefinition definition = reader.GetTypeDefinition(level.Handle);
        return definition.GetMethods().Select(reader.GetMethodDefinition).Any(method =>
                reader.GetString(method.Name) == obligation.Method.Name
                && method.Attributes.HasFlag(MethodAttributes.Virtual) | method.Attributes.HasFlag(MethodAttributes.Static)
                && !method.Attributes.HasFlag(MethodAttributes.Abstract)
                && Substitute(TypeText.Of(method.DecodeSignature(MetadataTypeText.Instance, genericContext: null)), level.Arguments) == obligation.Signature)
            || definition.GetMethodImplementations().Any(handle => IsExplicit(level.Image, reader.GetMethodImplementation(handle), obligation));
    }

    // `void IThing.Do()`: the body has any name, and names the member that it stands for.
    private static bool IsExplicit(PluginImage image, MethodImplementation implementation, Obligation obligation)
    {
        if (implementation.MethodDeclaration.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        MemberReference declared = image.Reader.GetMemberReference((MemberReferenceHandle)implementation.MethodDeclaration);
        return image.Reader.GetString(declared.Name) == obligation.Method.Name
            && image.NameOf(declared.Parent)?.FullName == obligation.Owner.FullName
            && TypeText.Of(declared.DecodeMethodSignature(MetadataTypeText.Instance, genericContext: null)) == TypeText.Of(obligation.Method);
    }

    private static bool IsEnd(TypeName name) => name.FullName is "System.Object" or "System.ValueType" or "System.Enum" or "System.MulticastDelegate";

    // `!0` by what stands for it; `!!0`, a method's own parameter, stays.
    private static string Substitute(string text, IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? text : TypeParameter().Replace(text, match =>
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var index && index < arguments.Count ? arguments[index] : match.Value);

    [GeneratedRegex("(?<!!)!([0-9]+)")]
    private static partial Regex TypeParameter();

    /// <summary>One class of a chain of base classes: an image's own, or one by name only.</summary>
    private sealed record Level(PluginImage? Image, TypeDefinitionHandle Handle, TypeName? Name, IReadOnlyList<string> Arguments);
}
