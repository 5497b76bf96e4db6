using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Calico.Sdk;

namespace Calico.Core.Compile;

/// <summary>From names in C# to names in C.</summary>
public static partial class CNames
{
    private static readonly HashSet<string> Keywords =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
        "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
        "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "asm",
        "typeof", "unix", "linux",
    ];

    /// <summary><c>FlowKey</c> → <c>flow_key</c>, <c>IPAddress</c> → <c>ip_address</c>, <c>IPv4Source</c> → <c>ipv4_source</c>.</summary>
    public static string Snake(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // IPv4 and IPv6 are words, whatever their capitals say.
        name = IpVersion().Replace(name, "Ipv$1");
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var startsWord = char.IsUpper(c) && i > 0 && name[i - 1] != '_' &&
                (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString().TrimStart('_');
    }

    /// <summary>The tag of a struct or enum: its <see cref="CNameAttribute"/>, or its name in snake_case.</summary>
    public static string OfType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Checked(type, type.GetCustomAttribute<CNameAttribute>()?.Name ?? Snake(type.Name), type.Name);
    }

    /// <summary>The member's name: its <see cref="CNameAttribute"/> (that of the property for a record's), or its name in snake_case.</summary>
    public static string OfField(FieldInfo field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var property = PropertyName(field);
        var name = property ?? field.Name;
        var given = field.GetCustomAttribute<CNameAttribute>()
            ?? (property is null ? null : field.DeclaringType!.GetProperty(property, AllInstance)?.GetCustomAttribute<CNameAttribute>());
        return Checked(field.DeclaringType!, given?.Name ?? Snake(name), name);
    }

    /// <summary>The name of an enum's constant: <c>FlowState.Established</c> → <c>FLOW_STATE_ESTABLISHED</c>.</summary>
    public static string OfConstant(FieldInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var type = member.DeclaringType!;
        return Checked(
            type,
            member.GetCustomAttribute<CNameAttribute>()?.Name ?? $"{OfType(type)}_{Snake(member.Name)}".ToUpperInvariant(),
            member.Name);
    }

    /// <summary>What a person calls a field: the property's name if the compiler made the field.</summary>
    internal static string Readable(FieldInfo field) => PropertyName(field) ?? field.Name;

    internal static string Readable(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    internal static bool IsIdentifier(string name) => Identifier().IsMatch(name) && !Keywords.Contains(name);

    private const BindingFlags AllInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static string? PropertyName(FieldInfo field) =>
        BackingField().Match(field.Name) is { Success: true } match ? match.Groups[1].Value : null;

    private static string Checked(Type type, string name, string original) => IsIdentifier(name)
        ? name
        : throw new CTypeException(type, $"'{name}' (of {original}) is not a name that C allows", "give it another with [CName(\"…\")]");

    [GeneratedRegex("IPv([46])")]
    private static partial Regex IpVersion();

    [GeneratedRegex("^<(.+)>k__BackingField$")]
    private static partial Regex BackingField();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
