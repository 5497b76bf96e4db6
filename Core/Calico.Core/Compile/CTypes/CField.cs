using System.Reflection;

namespace Calico.Core.Compile;

/// <summary>A field with its place in memory and its C declaration.</summary>
/// <param name="Field">The C# field.</param>
/// <param name="Name">Its C name.</param>
/// <param name="CType">The C type of an element, such as <c>__u32</c> or <c>struct token_bucket</c>.</param>
/// <param name="Dimensions">Array lengths, outermost first; empty for a plain field.</param>
/// <param name="ElementType">The C# type of an element.</param>
/// <param name="Offset">In bytes from the start of the struct.</param>
/// <param name="Size">In bytes, of the whole array.</param>
/// <param name="Alignment">What C would align it to by itself.</param>
public sealed record CField(
    FieldInfo Field, string Name, string CType, IReadOnlyList<int> Dimensions, Type ElementType, int Offset, int Size, int Alignment)
{
    /// <summary>The first byte behind it.</summary>
    public int End => Offset + Size;

    /// <summary>As it stands in a struct, without the semicolon: <c>__u8 address[16]</c>.</summary>
    public string Declaration => $"{CType} {Name}{string.Concat(Dimensions.Select(n => $"[{n}]"))}";
}
