using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Compile;

namespace Calico.Core.Chain.Rendering;

/// <summary>A map that the chains share: once a node, kept across generations.</summary>
/// <param name="Name">In C, and in bpffs.</param>
/// <param name="Type">The kernel's type.</param>
/// <param name="Key">Null for a ring.</param>
/// <param name="Value">Null for a ring.</param>
/// <param name="MaxEntries">A ring's bytes.</param>
/// <param name="Options">Flags of its creation.</param>
public sealed record SharedMap(string Name, MapType Type, Type? Key, Type? Value, uint MaxEntries, MapOptions Options = MapOptions.None)
{
    /// <summary>What a ring carries: the kernel does not know, but a ring of other records is another ring.</summary>
    public Type? Record { get; init; }

    public MapSpec Spec => new()
    {
        Name = Name,
        Type = Type,
        KeySize = Key is null ? 0 : (uint)SizeOf(Key),
        ValueSize = Value is null ? 0 : (uint)SizeOf(Value),
        MaxEntries = MaxEntries,
        Options = Options,
    };

    /// <summary>Its declaration in C; adds what it needs to <paramref name="types"/>.</summary>
    public string Declare(CEmitter types)
    {
        string record = Record is null ? "" : $"/* records: {types.Add(Record)} */\n";
        return record + CMap.Of(types, Name, $"{(uint)Type}", Key, Value, MaxEntries, (uint)Options);
    }

    internal static int SizeOf(Type type) => Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
}
