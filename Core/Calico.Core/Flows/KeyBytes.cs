using System.Runtime.InteropServices;

namespace Calico.Core.Flows;

/// <summary>Compares keys as the kernel does: byte by byte.</summary>
internal sealed class KeyBytes<TKey> : IEqualityComparer<TKey>
    where TKey : unmanaged
{
    public static KeyBytes<TKey> Comparer { get; } = new();

    public bool Equals(TKey x, TKey y) => Bytes(in x).SequenceEqual(Bytes(in y));

    public int GetHashCode(TKey obj)
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes(in obj));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Bytes(ref readonly TKey key) => MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
}
