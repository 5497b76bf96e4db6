using System.Reflection;

namespace Calico.Core.Compile;

/// <summary>Reads the layout of C# structs and refuses those that C cannot have, or that have bytes nobody owns.</summary>
public static class CLayout
{
    /// <summary>The layout of a struct.</summary>
    /// <exception cref="CTypeException">It has none in C, or it has padding.</exception>
    public static CStruct Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsValueType || type.IsPrimitive || type.IsEnum)
        {
            throw new CTypeException(type, "it is not a struct", "declare a struct of integers");
        }

        CTypeMapping.Require(type, type, "it");
        var fields = type.GetFields(CTypeMapping.AllInstance);
        if (fields.Length == 0)
        {
            throw new CTypeException(type, "it has no fields", "C has no empty structs: give it one, or leave it out");
        }

        var size = ManagedLayout.SizeOf(type);
        // A stable sort: fields of a union keep their order.
        var placed = fields.Select(field => Place(type, field)).OrderBy(field => field.Offset).ToList();
        RefuseDuplicates(type, placed);
        RefusePadding(type, placed, size);

        var natural = placed.Max(field => field.Alignment);
        var packed = placed.Any(field => field.Offset % field.Alignment != 0) || size % natural != 0;
        var pack = type.StructLayoutAttribute is { Pack: > 0 } layout ? Math.Min(layout.Pack, natural) : natural;
        // C asks that the size be a multiple of the alignment, or it would add bytes.
        var alignment = packed ? LargestPower(pack, size) : natural;
        return new CStruct(type, CNames.OfType(type), size, placed, packed, alignment);
    }

    private static CField Place(Type owner, FieldInfo field)
    {
        var name = CNames.Readable(field);
        var (element, dimensions) = CTypeMapping.Elements(field);
        CTypeMapping.Require(element, owner, $"the field '{name}'");
        var primitive = CTypeMapping.Primitive(element);
        var nested = primitive is null ? Of(element) : null;
        var elementSize = nested?.Size ?? ManagedLayout.SizeOf(element);
        return new CField(
            field,
            CNames.OfField(field),
            primitive ?? "struct " + nested!.Name,
            dimensions,
            element,
            ManagedLayout.OffsetOf(owner, field),
            dimensions.Aggregate(elementSize, (product, length) => product * length),
            nested?.Alignment ?? elementSize);
    }

    private static void RefuseDuplicates(Type type, IReadOnlyList<CField> fields)
    {
        if (fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new CTypeException(
                type,
                $"the fields {string.Join(" and ", twice.Select(field => $"'{CNames.Readable(field.Field)}'"))} are both '{twice.Key}' in C",
                "rename one, or give it another name with [CName(\"…\")]");
        }
    }

    // Padding has no defined content: as part of a key it makes equal keys differ, in a value it leaks kernel or
    // process memory, and libbpf or the verifier refuse uninitialised bytes besides.
    private static void RefusePadding(Type type, List<CField> fields, int size)
    {
        var end = 0;
        CField? before = null;
        foreach (var field in fields)
        {
            if (field.Offset > end)
            {
                throw Padding(type, end, field.Offset - end, before, $"before '{CNames.Readable(field.Field)}'");
            }

            if (field.End > end)
            {
                end = field.End;
                before = field;
            }
        }

        if (size > end)
        {
            throw Padding(type, end, size - end, before, "at the end");
        }
    }

    private static CTypeException Padding(Type type, int offset, int bytes, CField? before, string where) => new(
        type,
        $"there {(bytes == 1 ? "is 1 byte" : $"are {bytes} bytes")} of padding {where}, at offset {offset}",
        $"declare {Filler(bytes)}{(before is null ? " at the start" : $" behind '{CNames.Readable(before.Field)}'")}, or order the fields from wide to narrow");

    private static string Filler(int bytes) => bytes switch
    {
        1 => "a reserved byte",
        2 => "a reserved ushort",
        4 => "a reserved uint",
        _ => $"{bytes} reserved bytes",
    };

    private static int LargestPower(int limit, int size)
    {
        var power = 1;
        while (power * 2 <= limit && size % (power * 2) == 0)
        {
            power *= 2;
        }

        return power;
    }
}
