using System.Runtime.InteropServices;

namespace Calico.Core.Bpf;

/// <summary>A zero-terminated UTF-8 string in native memory, for the length of a call.</summary>
internal readonly unsafe ref struct NativeText
{
    public NativeText(string text) => Pointer = (sbyte*)Marshal.StringToCoTaskMemUTF8(text);

    public sbyte* Pointer { get; }

    public void Dispose() => Marshal.FreeCoTaskMem((nint)Pointer);

    /// <summary>Reads a native string that may be null.</summary>
    public static string Read(sbyte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Reads a fixed-size character field, which is zero-terminated only when it is not full.</summary>
    public static string Read(ReadOnlySpan<sbyte> field)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(field);
        int end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>The kernel's object names have at most 15 characters, letters, digits, '_' and '.'.</summary>
    public static string KernelName(string name)
    {
        string legal = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '_'));
        return legal.Length <= 15 ? legal : legal[..15];
    }
}
