using System.Reflection;

namespace Calico.Core.Plugins.Linking;

/// <summary>
/// The host's side of the link check: the types of the shared assemblies as they are loaded, so that it makes no
/// difference whether their files lie somewhere or stand in a single-file host.
/// </summary>
internal static class HostTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Whether an assembly of this name is the host's to provide.</summary>
    public static bool IsShared(string assembly) => Shared(assembly) is not null;

    public static Assembly? Shared(string assembly) =>
        SharedAssemblies.All.FirstOrDefault(shared => string.Equals(shared.GetName().Name, assembly, StringComparison.OrdinalIgnoreCase));

    /// <summary>A type that plugins may use, where the assembly holds it or forwards it; null where it does not.</summary>
    public static Type? Find(TypeName name) =>
        Shared(name.Assembly)?.GetType(name.FullName, throwOnError: false) is { IsVisible: true } type ? type : null;

    /// <summary>Whether a type has a member that a reference of this form finds.</summary>
    public static bool HasMethod(Type type, string name, string signature) =>
        Ancestry(type).Any(owner => owner.GetMembers(Declared).OfType<MethodBase>()
            .Any(method => method.Name == name && IsVisible(method) && TypeText.Of(method) == signature));

    public static bool HasField(Type type, string name, string fieldType) =>
        Ancestry(type).Any(owner => owner.GetFields(Declared)
            .Any(field => field.Name == name && field is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true } && TypeText.Of(field) == fieldType));

    /// <summary>The members that whoever implements an interface or extends a class has to write.</summary>
    /// <param name="type">The interface or class.</param>
    /// <param name="arguments">What stands for its type parameters.</param>
    public static IEnumerable<Obligation> Obligations(Type type, IReadOnlyList<string> arguments)
    {
        if (!type.IsInterface)
        {
            List<MethodInfo> overridden = [];
            for (Type? owner = type; owner is not null; owner = owner.BaseType)
            {
                Type definition = Open(owner);
                IReadOnlyList<string> given = Arguments(owner, type, arguments);
                foreach (MethodInfo method in definition.GetMethods(Declared).Where(method => method.IsVirtual))
                {
                    bool isDone = overridden.Any(other => other.Name == method.Name && TypeText.Of(other) == TypeText.Of(method));
                    overridden.Add(method);
                    if (method.IsAbstract && !isDone)
                    {
                        yield return new Obligation(definition, method, TypeText.Of(method, given));
                    }
                }
            }

            yield break;
        }

        foreach (Type part in new[] { type }.Concat(type.GetInterfaces()))
        {
            Type definition = Open(part);
            IReadOnlyList<string> given = Arguments(part, type, arguments);
            foreach (MethodInfo method in definition.GetMethods(Declared).Where(method => method.IsAbstract))
            {
                yield return new Obligation(definition, method, TypeText.Of(method, given));
            }
        }
    }

    /// <summary>Whether a class of the host, or one above it, has a method that an interface's method can be taken from.</summary>
    public static bool Implements(Type type, string name, string signature, IReadOnlyList<string> arguments) =>
        Ancestry(type).Any(owner => owner.GetMethods(Declared).Any(method =>
            method is { IsPublic: true, IsAbstract: false } && method.Name == name
            && TypeText.Of(method, Arguments(owner, type, arguments)) == signature));

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (Type? owner = type; owner is not null; owner = owner.BaseType is { } above ? Open(above) : null)
        {
            yield return owner;
        }

        if (type.IsInterface)
        {
            foreach (Type part in type.GetInterfaces())
            {
                yield return Open(part);
            }

            yield return typeof(object);
        }
    }

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static IReadOnlyList<string> Arguments(Type part, Type whole, IReadOnlyList<string> arguments) =>
        part == whole ? arguments : [.. part.GetGenericArguments().Select(argument => TypeText.Of(argument, arguments))];

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}

/// <summary>A member that a plugin's class has to have.</summary>
/// <param name="Owner">The interface or abstract class that asks for it.</param>
/// <param name="Method">The member there.</param>
/// <param name="Signature">Its signature, with the class's own types for the type parameters.</param>
internal sealed record Obligation(Type Owner, MethodInfo Method, string Signature);
