using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calico.Core.Interop;

/// <summary>An eventfd: ends a poll() that another thread sits in. Once given, it stays given until it is taken.</summary>
internal sealed partial class EventSignal : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int EfdCloexec = 0x80000;

    public EventSignal()
        : base(ownsHandle: true)
    {
    }

    internal static int Create(out EventSignal signal)
    {
        signal = EventFd(0, EfdCloexec);
        return signal.IsInvalid ? -Marshal.GetLastPInvokeError() : 0;
    }

    internal void Give() => _ = Write(this, 1UL, sizeof(ulong));

    /// <summary>Makes it not given again; blocks while it is not given.</summary>
    internal void Take() => _ = Read(this, out _, sizeof(ulong));

    protected override bool ReleaseHandle() => Close((int)handle) == 0;

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial EventSignal EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(EventSignal signal, in ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(EventSignal signal, out ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
