using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>A cgroup of the unified hierarchy, open so that programs can be attached to it.</summary>
public sealed class CgroupFolder : BpfFd
{
    private CgroupFolder(int fd, string path, ulong id)
        : base(fd) => (Name, Id) = (path, id);

    /// <summary>Its folder.</summary>
    public override string Name { get; }

    /// <summary>The kernel's number of it, which a link tells.</summary>
    public ulong Id { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="DirectoryNotFoundException">It is no folder of cgroup2; the message says what to do.</exception>
    /// <exception cref="BpfException">It cannot be opened.</exception>
    public static CgroupFolder Open(string path)
    {
        // Only the unified hierarchy has this file.
        if (!File.Exists(Path.Combine(path, "cgroup.controllers")))
        {
            throw new DirectoryNotFoundException(
                $"attach.cgroup: {path} is no folder of cgroup2, so no socket program can be attached. Name one, such as /sys/fs/cgroup, or /sys/fs/cgroup/unified where the older hierarchies are mounted too.");
        }

        int fd = LibC.open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC);
        return fd >= 0 ? new CgroupFolder(fd, path, IdOf(path)) : throw new BpfException("open the cgroup", path, Marshal.GetLastPInvokeError());
    }

    // A file handle of cgroup2 holds the cgroup's number: struct file_handle { u32 bytes; int type; u64 id; }.
    private static unsafe ulong IdOf(string path)
    {
        byte* handle = stackalloc byte[16];
        new Span<byte>(handle, 16).Clear();
        *(uint*)handle = sizeof(ulong);
        int mount;
        return LibC.name_to_handle_at(LibC.AT_FDCWD, path, handle, &mount, 0) < 0
            ? throw new BpfException("ask the kernel about the cgroup", path, Marshal.GetLastPInvokeError())
            : BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(handle + 8, 8));
    }
}
