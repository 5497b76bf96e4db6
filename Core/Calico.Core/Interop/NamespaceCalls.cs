using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calico.Core.Interop;

/// <summary>Moves the calling thread, and only that thread, into another network namespace.</summary>
internal static partial class NamespaceCalls
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>0, or −errno.</summary>
    internal static int EnterNetworkNamespace(SafeFileHandle networkNamespace) =>
        SetNs(networkNamespace, CloneNewNet) < 0 ? -Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeFileHandle descriptor, int type);
}
