using System.ComponentModel;
using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Error numbers of Linux and of libbpf: those that the code asks for, and words for all of them.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int E2BIG = 7;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int EOPNOTSUPP = 95;

    /// <summary>Kernel-internal, yet it reaches user space: a map type without batch operations answers with it.</summary>
    public const int ENOTSUPP = 524;

    /// <summary>"EINVAL", "ENOTSUPP", "LIBBPF_ERRNO__FORMAT", or "errno 1234".</summary>
    public static unsafe string Name(int errno)
    {
        if (errno == ENOTSUPP)
        {
            return nameof(ENOTSUPP);
        }

        if (errno >= (int)libbpf_errno.__LIBBPF_ERRNO__START)
        {
            // The first member doubles as the start mark: ask for it by its proper name.
            return errno == (int)libbpf_errno.LIBBPF_ERRNO__LIBELF
                ? nameof(libbpf_errno.LIBBPF_ERRNO__LIBELF)
                : Enum.GetName((libbpf_errno)errno) ?? $"errno {errno}";
        }

        return Marshal.PtrToStringUTF8((nint)LibC.strerrorname_np(errno)) ?? $"errno {errno}";
    }

    /// <summary>"invalid argument": the C library's words, fit for the middle of a sentence.</summary>
    public static string Describe(int errno)
    {
        string text = errno switch
        {
            ENOTSUPP => "operation is not supported by the kernel for this object",
            >= (int)libbpf_errno.__LIBBPF_ERRNO__START => "libbpf could not read or relocate the object",
            _ => new Win32Exception(errno).Message,
        };
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
