using System.Globalization;
using System.Text;

namespace Calico.Core.Compile;

/// <summary>A map's declaration in C, in the form that libbpf reads from BTF.</summary>
/// <param name="Name">The C variable, and the map's name in the kernel (which keeps 15 characters of it).</param>
/// <param name="Type">The kernel's name of the type, such as <c>BPF_MAP_TYPE_LRU_HASH</c>, or its number.</param>
/// <param name="KeyType">The key's C type; null for maps without one (a ring buffer).</param>
/// <param name="ValueType">The value's C type; null for maps without one.</param>
/// <param name="MaxEntries">How many entries it holds (a ring buffer: bytes).</param>
/// <param name="Flags">The kernel's <c>BPF_F_…</c> flags.</param>
public sealed record CMap(string Name, string Type, string? KeyType, string? ValueType, uint MaxEntries, uint Flags = 0)
{
    /// <summary>A hash, array or the like whose key and value are C# types; adds what they need to <paramref name="types"/>.</summary>
    public static CMap Of(CEmitter types, string name, string type, Type? key, Type? value, uint maxEntries, uint flags = 0)
    {
        ArgumentNullException.ThrowIfNull(types);
        return new CMap(name, type, key is null ? null : types.Add(key), value is null ? null : types.Add(value), maxEntries, flags);
    }

    /// <summary>The declaration, with a line feed at its end.</summary>
    public override string ToString()
    {
        if (!CNames.IsIdentifier(Name))
        {
            throw new ArgumentException($"The map name '{Name}' is not a name that C allows; use letters, digits and underscores.");
        }

        var text = new StringBuilder("struct {\n").Append(CultureInfo.InvariantCulture, $"\t__uint(type, {Type});\n");
        if (KeyType is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t__type(key, {KeyType});\n");
        }

        if (ValueType is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t__type(value, {ValueType});\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\t__uint(max_entries, {MaxEntries});\n");
        if (Flags != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t__uint(map_flags, 0x{Flags:x});\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"}} {Name} SEC(\".maps\");\n").ToString();
    }
}
