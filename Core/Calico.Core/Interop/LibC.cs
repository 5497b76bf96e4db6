using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>The few calls of the C library that stand beside libbpf; written by hand.</summary>
/// <remarks>
/// <c>syscall</c> and <c>fcntl</c> are variadic in C. Integer arguments of a variadic function travel in the same
/// registers as those of a fixed one on linux-x64 and linux-arm64, so fixed signatures are right there.
/// </remarks>
internal static unsafe partial class LibC
{
    /// <summary>Keeps 0, 1 and 2 free: a handle of 0 counts as invalid, and nobody should write a log into a map.</summary>
    public const int FirstFreeDescriptor = 3;

    public const int F_DUPFD_CLOEXEC = 1030;
    public const int CLONE_NEWNET = 0x40000000;
    public const int O_RDONLY = 0;
    public const int O_CLOEXEC = 0x80000;
    public const int AT_FDCWD = -100;

    // One of the few flags that are not the same everywhere.
    public static int O_DIRECTORY => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int name_to_handle_at(int folder, string path, byte* handle, int* mount, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unshare(int flags);

    /// <summary><paramref name="arguments"/> is the caller's <c>va_list</c>, by its address: what C passes for an array or a big struct.</summary>
    [LibraryImport("libc")]
    public static partial int vsnprintf(byte* buffer, nuint size, sbyte* format, void* arguments);

    /// <summary>"EINVAL" for 22; null for a number without a name (glibc 2.32 and later).</summary>
    [LibraryImport("libc")]
    public static partial sbyte* strerrorname_np(int errno);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint command, void* attributes, nint size);

    /// <summary>bpf(2) itself, for the attributes that an older libbpf does not pass on.</summary>
    /// <returns>What the kernel returned, or −errno.</returns>
    public static int bpf(bpf_cmd command, void* attributes, int size)
    {
        nint number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 321,
            Architecture.Arm64 => 280,
            var other => throw new PlatformNotSupportedException($"The number of the bpf system call on {other} is not known to this build; it runs on x64 and arm64."),
        };
        nint result = syscall(number, (nint)command, attributes, size);
        return result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;
    }

    /// <summary>membarrier(2) with MEMBARRIER_CMD_GLOBAL: returns after every CPU has passed through the scheduler.</summary>
    public static void MembarrierGlobal()
    {
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 283 : 324;
        // ENOSYS (a kernel with nohz_full CPUs refuses the global form): then the caller waits by the clock.
        if (syscall(number, 1, null, 0) < 0)
        {
            Thread.Sleep(100);
        }
    }

    /// <summary>The part of <c>union bpf_attr</c> that BPF_LINK_CREATE reads for a netfilter hook.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LinkCreateNetfilter
    {
        public uint prog_fd;
        public uint target_fd;
        public uint attach_type;
        public uint flags;
        public uint pf;
        public uint hooknum;
        public int priority;
        public uint netfilter_flags;
    }
}
