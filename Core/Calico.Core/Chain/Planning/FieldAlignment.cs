using System.Reflection;

namespace Calico.Core.Chain.Planning;

/// <summary>The natural alignment that C gives to the struct emitted from a C# type.</summary>
internal static class FieldAlignment
{
    /// <summary>BPF is a 64-bit machine: nothing wants more.</summary>
    private const int Largest = 8;

    public static int Of(Type type)
    {
        if (type.IsEnum)
        {
            return Of(Enum.GetUnderlyingType(type));
        }

        int primitive = Type.GetTypeCode(type) switch
        {
            TypeCode.Byte or TypeCode.SByte or TypeCode.Boolean => 1,
            TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
            TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
            TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
            _ => 0,
        };
        if (primitive != 0 || type.IsPrimitive || type.IsPointer)
        {
            return primitive != 0 ? primitive : Largest;
        }

        int widest = 1;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            widest = Math.Max(widest, Of(field.FieldType));
        }

        int pack = type.StructLayoutAttribute is { Pack: > 0 } layout ? layout.Pack : Largest;
        return Math.Min(Math.Min(widest, pack), Largest);
    }
}
