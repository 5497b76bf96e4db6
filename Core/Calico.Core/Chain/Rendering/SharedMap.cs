using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Compile;

namespace Calico.Core.Chain.Rendering;

/// <summary>A map that the chains share: once a node, kept across generations.</summary>
/// <param name="Name">In C, and in bpffs.</param>
public sealed record SharedMap(string Name, MapType Type, Type Key, Type Value, uint MaxEntries, MapOptions Options = MapOptions.None)
{
    public MapSpec Spec => new()
    {
        Name = Name,
        Type = Type,
        KeySize = (uint)SizeOf(Key),
        ValueSize = (uint)SizeOf(Value),
        MaxEntries = MaxEntries,
        Options = Options,
    };

    /// <summary>Its declaration in C; adds what it needs to <paramref name="types"/>.</summary>
    public string Declare(CEmitter types) =>
        CMap.Of(types, Name, $"{(uint)Type}", Key, Value, MaxEntries, (uint)Options).ToString();

    internal static int SizeOf(Type type) => Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
}
