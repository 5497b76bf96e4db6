using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;

namespace Calico.Core.Maps;

/// <summary>Holds a typed view to the sizes that the kernel has for the map.</summary>
internal static class MapShape
{
    public static void Check<TKey, TValue>(BpfMap map, bool perCpu)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        if (map.Info.Type.IsPerCpu() != perCpu)
        {
            throw new ArgumentException($"Map '{map.Name}' is a {map.Info.Type}: use {(perCpu ? "BpfMap" : "PerCpuMap")} for it.", nameof(map));
        }

        if (map.Info.KeySize != Unsafe.SizeOf<TKey>() || map.Info.ValueSize != Unsafe.SizeOf<TValue>())
        {
            throw new ArgumentException(
                $"Map '{map.Name}' has keys of {map.Info.KeySize} and values of {map.Info.ValueSize} bytes; "
                + $"{typeof(TKey).Name} has {Unsafe.SizeOf<TKey>()} and {typeof(TValue).Name} has {Unsafe.SizeOf<TValue>()}.", nameof(map));
        }
    }

    public static ReadOnlySpan<byte> Bytes<T>(ref readonly T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
