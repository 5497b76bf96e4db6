using System.Reflection;
using System.Runtime.CompilerServices;

namespace Calico.Core.Compile;

/// <summary>What a C# type is in C.</summary>
internal static class CTypeMapping
{
    /// <summary>The C type of a primitive, or null if it is none that C (or rather BPF) shares.</summary>
    public static string? Primitive(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => Primitive(Enum.GetUnderlyingType(type)),
        TypeCode.Byte => "__u8",
        TypeCode.SByte => "__s8",
        TypeCode.UInt16 => "__u16",
        TypeCode.Int16 => "__s16",
        TypeCode.UInt32 => "__u32",
        TypeCode.Int32 => "__s32",
        TypeCode.UInt64 => "__u64",
        TypeCode.Int64 => "__s64",
        _ => null,
    };

    /// <summary>Takes arrays apart: the element's type and the lengths, outermost first.</summary>
    public static (Type Element, IReadOnlyList<int> Dimensions) Elements(FieldInfo field)
    {
        if (field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer)
        {
            return (buffer.ElementType, [buffer.Length]);
        }

        var type = field.FieldType;
        var dimensions = new List<int>();
        while (type.GetCustomAttribute<InlineArrayAttribute>() is { } array)
        {
            dimensions.Add(array.Length);
            type = type.GetFields(AllInstance).Single().FieldType;
        }

        return (type, dimensions);
    }

    /// <summary>Throws unless a field of <paramref name="owner"/> can have this type.</summary>
    public static void Require(Type type, Type owner, string what)
    {
        if (Primitive(type) is not null)
        {
            return;
        }

        if (Refusal(type) is var (problem, advice))
        {
            throw new CTypeException(owner, $"{what} is {problem}", advice);
        }
    }

    internal const BindingFlags AllInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static (string Problem, string Advice)? Refusal(Type type) =>
        type == typeof(bool) ? ("a bool, whose bytes other than 0 and 1 C# and C read differently", "use a byte")
        : type == typeof(char) ? ("a char", "use a ushort, or a byte for ASCII")
        : type == typeof(float) || type == typeof(double) || type == typeof(Half) || type == typeof(decimal)
            ? ("a floating-point number, which BPF does not have", "use an integer with a fixed scale")
        : type == typeof(nint) || type == typeof(nuint) ? ("as wide as the machine's pointers", "use a long or ulong")
        : type.IsPointer || type.IsFunctionPointer || type.IsByRef ? ("a pointer, which means nothing on the other side", "store the value itself")
        : !type.IsValueType ? ($"a reference ({type.Name})", "use a struct, or an [InlineArray] of a fixed length")
        : type.IsGenericType ? ($"the generic type {type.Name}, for which there is no name in C", "declare a struct of its own")
        : type.Assembly == typeof(object).Assembly ? ($"{type.Name}, a type of the runtime with a layout of its own", "declare a struct with the fields that you need")
        : type.IsAutoLayout ? ($"{type.Name}, whose layout is left to the runtime (LayoutKind.Auto)", "mark it [StructLayout(LayoutKind.Sequential)]")
        : null;
}
