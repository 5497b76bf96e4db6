using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>mmap(2) and munmap(2), for rings that the kernel shares.</summary>
internal static unsafe partial class MappedMemory
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapShared = 1;

    /// <summary>Maps part of what a descriptor stands for.</summary>
    /// <returns>0 and the address, or −errno.</returns>
    public static int Map(int descriptor, nuint offset, nuint length, bool writable, out byte* address)
    {
        void* mapped = MMap(null, length, writable ? ProtRead | ProtWrite : ProtRead, MapShared, descriptor, (nint)offset);
        address = (byte*)mapped;
        return (nint)mapped == -1 ? -Marshal.GetLastPInvokeError() : 0;
    }

    public static void Unmap(byte* address, nuint length) => _ = MUnmap(address, length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MMap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MUnmap(void* address, nuint length);
}
