using System.Reflection;
using System.Reflection.Metadata;

namespace Calico.Core.Plugins.Linking;

/// <summary>
/// How types and signatures are written so that the host's loaded ones and those in a plugin's metadata can be compared.
/// Without the assembly: a type that was moved and forwarded is still the same type.
/// </summary>
internal static class TypeText
{
    /// <summary>A type, its type parameters by number or by what stands for them.</summary>
    /// <param name="type">A type of the host.</param>
    /// <param name="arguments">What stands for the type parameters of the declaring type; null leaves <c>!0</c>.</param>
    public static string Of(Type type, IReadOnlyList<string>? arguments = null) => type switch
    {
        { IsGenericMethodParameter: true } => $"!!{type.GenericParameterPosition}",
        { IsGenericParameter: true } => arguments is not null && type.GenericParameterPosition < arguments.Count
            ? arguments[type.GenericParameterPosition]
            : $"!{type.GenericParameterPosition}",
        { IsByRef: true } => Of(type.GetElementType()!, arguments) + "&",
        { IsPointer: true } => Of(type.GetElementType()!, arguments) + "*",
        { IsSZArray: true } => Of(type.GetElementType()!, arguments) + "[]",
        { IsArray: true } => $"{Of(type.GetElementType()!, arguments)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsFunctionPointer: true } => FunctionPointer,
        { IsGenericType: true } => Generic(type.GetGenericTypeDefinition().FullName!, type.GetGenericArguments().Select(argument => Of(argument, arguments))),
        _ => type.FullName ?? type.Name,
    };

    /// <summary>A method's signature: all that a caller's reference must match.</summary>
    public static string Of(MethodBase method, IReadOnlyList<string>? arguments = null) => Method(
        !method.IsStatic,
        method.IsGenericMethod ? method.GetGenericArguments().Length : 0,
        method is MethodInfo { ReturnParameter: var result } ? Of(result, arguments) : "System.Void",
        method.GetParameters().Select(parameter => Of(parameter, arguments)));

    /// <summary>A field's type.</summary>
    public static string Of(FieldInfo field) =>
        Modified(Of(field.FieldType), field.GetRequiredCustomModifiers().Select(modifier => Of(modifier)));

    /// <summary>A method that a plugin's metadata refers to or defines.</summary>
    public static string Of(MethodSignature<string> signature) => Method(
        signature.Header.IsInstance, signature.GenericParameterCount, signature.ReturnType, signature.ParameterTypes);

    /// <summary>What stands for pointers to functions, which no contract has.</summary>
    public const string FunctionPointer = "method*";

    public static string Generic(string definition, IEnumerable<string> arguments) => $"{definition}<{string.Join(',', arguments)}>";

    public static string Modified(string type, IEnumerable<string> modifiers) =>
        modifiers.Aggregate(type, (modified, modifier) => $"{modified} modreq({modifier})");

    /// <summary>Shorter, for people: namespaces, the marks of generics and of callers left out.</summary>
    public static string ForPeople(string text)
    {
        int modifier = text.IndexOf(" modreq(", StringComparison.Ordinal);
        text = modifier < 0 ? text : text[..modifier];
        var words = new List<string>();
        int begin = 0;
        for (int end = 0; end <= text.Length; end++)
        {
            if (end == text.Length || "<>,()[]&* ".Contains(text[end], StringComparison.Ordinal))
            {
                string word = text[begin..end];
                words.Add(string.Join('.', word[(word.LastIndexOf('.') + 1)..].Split('+').Select(part => part.Split('`')[0])));
                words.Add(end < text.Length ? text[end] == ',' ? ", " : text[end].ToString() : "");
                begin = end + 1;
            }
        }

        return string.Concat(words);
    }

    private static string Of(ParameterInfo parameter, IReadOnlyList<string>? arguments) =>
        Modified(Of(parameter.ParameterType, arguments), parameter.GetRequiredCustomModifiers().Select(modifier => Of(modifier)));

    private static string Method(bool isInstance, int genericParameters, string result, IEnumerable<string> parameters) =>
        $"{(isInstance ? "instance" : "static")} `{genericParameters} {result} ({string.Join(',', parameters)})";
}
