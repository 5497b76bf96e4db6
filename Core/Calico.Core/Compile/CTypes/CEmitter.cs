using System.Globalization;
using System.Reflection;
using System.Text;

namespace Calico.Core.Compile;

/// <summary>Writes C declarations for C# structs and enums, with assertions that hold the compiler to the C# layout.</summary>
/// <remarks>
/// Each type is written once, what it is made of before it. Not for concurrent use; the text depends on nothing but the
/// types and their order.
/// </remarks>
public sealed class CEmitter
{
    private readonly Dictionary<string, Type> _named = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    /// <summary>Everything added so far, as the text of a header.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>The declarations of these types and of what they are made of.</summary>
    /// <exception cref="CTypeException">One of them cannot be had in C.</exception>
    public static string Emit(params IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var emitter = new CEmitter();
        foreach (var type in types)
        {
            emitter.Add(type);
        }

        return emitter.ToString();
    }

    /// <summary>Adds a struct or enum (a primitive needs no declaration) and returns its C type: <c>struct flow_key</c>, <c>__u32</c>.</summary>
    /// <exception cref="CTypeException">It cannot be had in C.</exception>
    public string Add(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (CTypeMapping.Primitive(type) is { } primitive)
        {
            if (type.IsEnum && IsNew(type, CNames.OfType(type)))
            {
                EmitEnum(type);
            }

            return primitive;
        }

        var layout = CLayout.Of(type);
        if (IsNew(type, layout.Name))
        {
            foreach (var field in layout.Fields)
            {
                Add(field.ElementType);
            }

            EmitStruct(layout);
        }

        return "struct " + layout.Name;
    }

    private bool IsNew(Type type, string name)
    {
        if (_named.TryAdd(name, type))
        {
            return true;
        }

        // Two plugins that share a map each have its struct: the same to C.
        return _named[name] == type || IsSame(_named[name], type)
            ? false
            : throw new CTypeException(type, $"its C name '{name}' is also that of {CNames.Readable(_named[name])}", "give one of them another with [CName(\"…\")]");
    }

    private static bool IsSame(Type known, Type type) =>
        known.IsEnum == type.IsEnum && (type.IsEnum
            ? Enum.GetUnderlyingType(known) == Enum.GetUnderlyingType(type) && Constants(known).SequenceEqual(Constants(type))
            : CLayoutDifference.Explain(known, type, "it") is null);

    private static IEnumerable<(string Name, object? Value)> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(member => (CNames.OfConstant(member), member.GetRawConstantValue()));

    private void EmitEnum(Type type)
    {
        var name = CNames.OfType(type);
        var members = type.GetFields(BindingFlags.Public | BindingFlags.Static);
        var unsigned = Enum.GetUnderlyingType(type) == typeof(ulong);
        var values = members.Select(member => (name: CNames.OfConstant(member), value: ValueOf(member, unsigned))).ToList();

        _text.Append(CultureInfo.InvariantCulture, $"/* {CNames.Readable(type)}, kept in a {CTypeMapping.Primitive(type)} */\n");
        // C's enum constants are ints: what does not fit becomes a macro.
        if (values.All(pair => pair.value >= int.MinValue && pair.value <= int.MaxValue) && values.Count > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"enum {name} {{\n");
            foreach (var (constant, value) in values)
            {
                _text.Append(CultureInfo.InvariantCulture, $"\t{constant} = {Literal(value)},\n");
            }

            _text.Append("};\n\n");
            return;
        }

        foreach (var (constant, value) in values)
        {
            _text.Append(CultureInfo.InvariantCulture, $"#define {constant} (({CTypeMapping.Primitive(type)})0x{(ulong)(long)(value > long.MaxValue ? value - (Int128)ulong.MaxValue - 1 : value):x}ULL)\n");
        }

        _text.Append('\n');
    }

    private static Int128 ValueOf(FieldInfo member, bool unsigned)
    {
        var value = member.GetRawConstantValue()!;
        return unsigned ? Convert.ToUInt64(value, CultureInfo.InvariantCulture) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    // -2147483648 is an expression on a constant too large for an int.
    private static string Literal(Int128 value) => value == int.MinValue ? "(-2147483647 - 1)" : value.ToString(CultureInfo.InvariantCulture);

    private void EmitStruct(CStruct layout)
    {
        _text.Append(CultureInfo.InvariantCulture, $"/* {CNames.Readable(layout.Type)} */\nstruct {layout.Name} {{\n");
        foreach (var line in CUnions.Lines(layout))
        {
            _text.Append(line).Append('\n');
        }

        _text.Append('}')
            .Append(layout.Packed ? $" __attribute__((packed, aligned({layout.Alignment})))" : "")
            .Append(";\n")
            .Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof(struct {layout.Name}) == {layout.Size}, \"{layout.Name}: size as in C#\");\n");
        foreach (var field in layout.Fields)
        {
            _text.Append(CultureInfo.InvariantCulture, $"_Static_assert(__builtin_offsetof(struct {layout.Name}, {field.Name}) == {field.Offset}, \"{layout.Name}.{field.Name}: offset as in C#\");\n");
        }

        _text.Append('\n');
    }
}
