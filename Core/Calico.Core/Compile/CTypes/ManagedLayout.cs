using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Calico.Core.Compile;

/// <summary>Where the runtime really puts a struct's fields.</summary>
/// <remarks>
/// Asked of the runtime, not computed after its rules: each field in turn is filled with ones, and the first byte that
/// changes is its offset. (<see cref="Marshal.OffsetOf(Type, string)"/> tells of the marshalled form and knows no inline arrays.)
/// </remarks>
internal static class ManagedLayout
{
    public static int SizeOf(Type type) => (int)Generic(nameof(SizeOfCore), type).Invoke(null, null)!;

    public static int OffsetOf(Type type, FieldInfo field)
    {
        var boxed = RuntimeHelpers.GetUninitializedObject(type);
        field.SetValue(boxed, Generic(nameof(Ones), field.FieldType).Invoke(null, null));
        var bytes = (byte[])Generic(nameof(Bytes), type).Invoke(null, [boxed])!;
        return Array.FindIndex(bytes, value => value != 0);
    }

    private static MethodInfo Generic(string method, Type type) =>
        typeof(ManagedLayout).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type);

    private static int SizeOfCore<T>() => Unsafe.SizeOf<T>();

    private static T Ones<T>() where T : struct
    {
        var bytes = new byte[Unsafe.SizeOf<T>()];
        bytes.AsSpan().Fill(0xff);
        return MemoryMarshal.Read<T>(bytes);
    }

    private static byte[] Bytes<T>(object boxed) where T : struct => MemoryMarshal.AsBytes([(T)boxed]).ToArray();
}
