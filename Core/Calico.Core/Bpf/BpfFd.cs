using System.Runtime.InteropServices;
using Calico.Core.Interop;
using Microsoft.Win32.SafeHandles;

namespace Calico.Core.Bpf;

/// <summary>A file descriptor of an eBPF object. The kernel keeps the object while a descriptor, a pin or another object holds it.</summary>
public abstract class BpfFd : SafeHandleZeroOrMinusOneIsInvalid
{
    private protected BpfFd(int fd)
        : base(ownsHandle: true) => SetHandle(fd);

    /// <summary>What an error message calls this object.</summary>
    public abstract string Name { get; }

    /// <summary>Pins the object into bpffs, so that it outlives the process.</summary>
    /// <exception cref="BpfException">The path exists (EEXIST), or is not in a bpffs (EINVAL, EPERM).</exception>
    public void Pin(string path)
    {
        using Borrowed fd = Borrow();
        using NativeText native = new(path);
        int result;
        unsafe
        {
            result = LibBpf.bpf_obj_pin(fd.Value, native.Pointer);
        }

        if (result < 0)
        {
            throw new BpfException($"pin {Name} at", path, -result, detail: -result switch
            {
                Errno.EEXIST => "something is pinned there already; remove it or choose another path",
                Errno.EINVAL or Errno.EPERM => "the path must be inside a mounted bpffs, and we must be allowed to write there",
                _ => null,
            });
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.close((int)handle) == 0;

    /// <summary>Holds the descriptor open for the length of one native call, whatever other threads dispose meanwhile.</summary>
    internal Borrowed Borrow() => new(this);

    private protected int DuplicateFd()
    {
        using Borrowed fd = Borrow();
        return DuplicateFd(fd.Value, Name);
    }

    private protected static int DuplicateFd(int fd, string name)
    {
        int copy = LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, LibC.FirstFreeDescriptor);
        return copy >= 0 ? copy : throw new BpfException("duplicate the descriptor of", name, Marshal.GetLastPInvokeError());
    }

    private protected static unsafe int OpenPinnedFd(string kind, string inodeName, string path)
    {
        using NativeText native = new(path);
        int fd = LibBpf.bpf_obj_get(native.Pointer);
        if (fd < 0)
        {
            throw new BpfException($"open the pinned {kind}", path, -fd);
        }

        // The kernel opens whatever is pinned there. "anon_inode:bpf-map", "…bpf-prog", "…bpf_link" tell what it was.
        string? opened = new FileInfo($"/proc/self/fd/{fd}").LinkTarget;
        if (opened is not null && !opened.Contains(inodeName, StringComparison.Ordinal))
        {
            LibC.close(fd);
            throw new BpfException($"open the pinned {kind}", path, Errno.EINVAL, detail: $"what is pinned there is not a {kind} ({opened})");
        }

        return fd;
    }

    /// <summary>One use of a descriptor as a number.</summary>
    internal readonly ref struct Borrowed
    {
        private readonly BpfFd _owner;

        public Borrowed(BpfFd owner)
        {
            bool added = false;
            owner.DangerousAddRef(ref added);
            _owner = owner;
            Value = (int)owner.DangerousGetHandle();
        }

        public int Value { get; }

        // A default value stands for "no descriptor" where the kernel takes 0 for that.
        public void Dispose() => _owner?.DangerousRelease();
    }
}
