using System.Runtime.InteropServices;
using Calico.Core.Compile;

namespace Calico.Core.Chain.Layouts;

/// <summary>A C# struct or number as memory has it, in words.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Members">By offset; nested structs are taken apart (<c>peer.address</c>). A number has one member without a name.</param>
public sealed record TypeLayout(int Size, IReadOnlyList<MemberLayout> Members)
{
    /// <summary>The layout of a type that the contract allows.</summary>
    public static TypeLayout Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (CTypeMapping.Primitive(type) is { } primitive)
        {
            return new TypeLayout(SizeOf(type), [new MemberLayout("", Short(primitive), 0)]);
        }

        var layout = CLayout.Of(type);
        return new TypeLayout(layout.Size, [.. MembersOf(layout, "", 0)]);
    }

    private static IEnumerable<MemberLayout> MembersOf(CStruct layout, string prefix, int start)
    {
        foreach (var field in layout.Fields)
        {
            var isStruct = CTypeMapping.Primitive(field.ElementType) is null;
            if (!isStruct || field.Dimensions.Count > 0)
            {
                yield return new MemberLayout(
                    prefix + field.Name,
                    Short(field.CType) + string.Concat(field.Dimensions.Select(length => $"[{length}]")),
                    start + field.Offset);
            }

            if (isStruct)
            {
                // Of an array, its first element.
                var path = $"{prefix}{field.Name}{(field.Dimensions.Count > 0 ? "[0]" : "")}.";
                foreach (var inner in MembersOf(CLayout.Of(field.ElementType), path, start + field.Offset))
                {
                    yield return inner;
                }
            }
        }
    }

    // What C calls __u32 is u32 to the person who reads.
    private static string Short(string type) => type.StartsWith("__", StringComparison.Ordinal) ? type[2..] : type;

    private static int SizeOf(Type type) => Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
}

/// <summary>One member of a struct.</summary>
/// <param name="Name">Its path in C.</param>
/// <param name="Type">Its type, such as <c>u32</c> or <c>u8[16]</c>.</param>
/// <param name="Offset">Bytes from the start.</param>
public sealed record MemberLayout(string Name, string Type, int Offset);
