namespace Calico.Core.Compile;

/// <summary>Whether two C# types are the same to C: sizes, and each field's name, type and offset. The structs' own names do not matter.</summary>
internal static class CLayoutDifference
{
    /// <summary>The first difference, in words; null where there is none.</summary>
    /// <param name="theirs">The type of the plugin that has the thing.</param>
    /// <param name="ours">The type of the plugin that uses it.</param>
    /// <param name="what">What a sentence calls it, such as <c>its key</c>.</param>
    public static string? Explain(Type theirs, Type ours, string what)
    {
        int size = ManagedLayout.SizeOf(theirs), ownSize = ManagedLayout.SizeOf(ours);
        if (size != ownSize)
        {
            return $"{what} has {size} bytes there and {ownSize} here";
        }

        // By offset; of a union its members in their order.
        foreach (var (their, own) in Members(theirs).Zip(Members(ours)))
        {
            if (their != own)
            {
                return $"{what} is {Shown(their)} there and {Shown(own)} here";
            }
        }

        int more = Members(theirs).Count() - Members(ours).Count();
        return more == 0 ? null : $"{what} has {Math.Abs(more)} members {(more > 0 ? "more there" : "more here")}";
    }

    private static IEnumerable<(int Offset, string Declaration)> Members(Type type, int start = 0, string prefix = "")
    {
        if (CTypeMapping.Primitive(type) is { } primitive)
        {
            return [(start, primitive)];
        }

        return CLayout.Of(type).Fields.SelectMany(field => field.Dimensions.Count == 0 && CTypeMapping.Primitive(field.ElementType) is null
            ? Members(field.ElementType, start + field.Offset, $"{prefix}{field.Name}.")
            : [(start + field.Offset, Declared(field, prefix))]);
    }

    private static string Declared(CField field, string prefix) =>
        $"{CTypeMapping.Primitive(field.ElementType) ?? $"struct of {field.Size / field.Dimensions.Aggregate(1, (product, length) => product * length)} bytes"} {prefix}{field.Name}{string.Concat(field.Dimensions.Select(length => $"[{length}]"))}";

    private static string Shown((int Offset, string Declaration) member) => $"'{member.Declaration}' at offset {member.Offset}";
}
