using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>poll(2) over any number of descriptors.</summary>
internal static partial class Polling
{
    private const short PollIn = 1;

    public static PollEntry Readable(int descriptor) => new() { Descriptor = descriptor, Events = PollIn };

    /// <summary>Blocks until one of the descriptors is readable or broken.</summary>
    /// <returns>How many are, or −errno.</returns>
    public static int Wait(Span<PollEntry> entries)
    {
        int result = Poll(entries, (nuint)entries.Length, -1);
        return result < 0 ? -Marshal.GetLastPInvokeError() : result;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollEntry> entries, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
