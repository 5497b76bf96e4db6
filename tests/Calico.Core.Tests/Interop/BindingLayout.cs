using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Calico.Core.Interop;

namespace Calico.Core.Tests.Interop;

/// <summary>One line of a layout listing: its key, the numbers as C# has them, the expressions that give them in C.</summary>
internal sealed record LayoutLine(string Key, string[] Numbers, string[] Expressions)
{
    public override string ToString() => $"{Key} {string.Join(' ', Numbers)}";
}

/// <summary>Lists size, offsets and values of every struct, enum and constant of the generated bindings.</summary>
internal static class BindingLayout
{
    // C writes "union NAME" for these; all other aggregates with a name of their own are structs.
    private static readonly HashSet<string> _unions = [nameof(bpf_iter_link_info)];

    public static List<LayoutLine> List()
    {
        List<LayoutLine> lines = [];
        IEnumerable<Type> types = typeof(LibBpf).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(LibBpf).Namespace && type.DeclaringType is null && type.IsValueType)
            .OrderBy(type => type.Name, StringComparer.Ordinal);
        foreach (Type type in types)
        {
            lines.AddRange(type.IsEnum ? EnumLines(type) : StructLines(type));
        }

        lines.AddRange(ConstantLines(typeof(LibBpf)));
        lines.AddRange(ConstantLines(typeof(LinuxBpf)));
        return lines;
    }

    /// <summary>A C program that prints the same listing from the C headers.</summary>
    public static string CProgram() =>
        "#include <stdio.h>\n#include <stddef.h>\n"
        + "#include <linux/bpf.h>\n#include <linux/btf.h>\n#include <linux/if_link.h>\n#include <linux/pkt_cls.h>\n"
        + "#include <bpf/bpf.h>\n#include <bpf/btf.h>\n#include <bpf/libbpf.h>\n\nint main(void)\n{\n"
        + string.Concat(List().Select(line =>
            $"\tprintf(\"{line.Key}{string.Concat(line.Expressions.Select(_ => " %lld"))}\\n\", {string.Join(", ", line.Expressions.Select(e => $"(long long)({e})"))});\n"))
        + "\treturn 0;\n}\n";

    private static IEnumerable<LayoutLine> EnumLines(Type type)
    {
        foreach (string member in Enum.GetNames(type))
        {
            yield return new(member, [Number(Enum.Parse(type, member))], [member]);
        }

        yield return new($"enum {type.Name}", [Number(SizeOf(type))], [$"sizeof(enum {type.Name})"]);
    }

    private static IEnumerable<LayoutLine> StructLines(Type type)
    {
        if (type.GetFields(BindingFlags.Public | BindingFlags.Instance).Length == 0)
        {
            return []; // opaque: only its address is ever used
        }

        string name = (_unions.Contains(type.Name) ? "union " : "struct ") + type.Name;
        return Fields(type, type, "", name, []).Prepend(new(name, [Number(SizeOf(type))], [$"sizeof({name})"]));
    }

    private static IEnumerable<LayoutLine> Fields(Type root, Type type, string path, string cName, FieldInfo[] outer)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (field.Name.StartsWith("_bitfield", StringComparison.Ordinal) || field.Name.StartsWith("__pad", StringComparison.Ordinal))
            {
                continue; // a bit-field has no address in C, padding no name in the untouched header
            }

            FieldInfo[] chain = [.. outer, field];
            bool anonymous = field.Name.StartsWith("Anonymous", StringComparison.Ordinal);
            string inner = anonymous ? path : path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!anonymous)
            {
                yield return new($"{cName}.{inner}", [Number(OffsetOf(root, chain)), Number(SizeOf(field.FieldType))],
                    [$"offsetof({cName}, {inner})", $"sizeof((({cName} *)0)->{inner})"]);
            }

            bool buffer = field.FieldType.GetCustomAttribute<InlineArrayAttribute>() is not null;
            if (field.FieldType is { IsValueType: true, IsPrimitive: false, IsEnum: false } && !buffer)
            {
                foreach (LayoutLine line in Fields(root, field.FieldType, inner, cName, chain))
                {
                    yield return line;
                }
            }
        }
    }

    private static IEnumerable<LayoutLine> ConstantLines(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => new LayoutLine($"const {field.Name}", [Number(field.GetRawConstantValue()!)], [field.Name]));

    private static string Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static int SizeOf(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type.IsUnmanagedFunctionPointer)
        {
            return IntPtr.Size;
        }

        DynamicMethod method = new("size", typeof(int), []);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Sizeof, type);
        code.Emit(OpCodes.Ret);
        return (int)method.Invoke(null, null)!;
    }

    // Marshal.OffsetOf would tell the marshaller's layout; what counts is where the runtime itself puts the field.
    private static long OffsetOf(Type root, FieldInfo[] chain)
    {
        DynamicMethod method = new("offset", typeof(long), [], typeof(LibBpf).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        LocalBuilder local = code.DeclareLocal(root);
        code.Emit(OpCodes.Ldloca, local);
        foreach (FieldInfo field in chain)
        {
            code.Emit(OpCodes.Ldflda, field);
        }

        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldloca, local);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Conv_I8);
        code.Emit(OpCodes.Ret);
        return (long)method.Invoke(null, null)!;
    }
}
