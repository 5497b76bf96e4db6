namespace Calico.Core.Net;

/// <summary>The symbolic names of the errors that rtnetlink and /proc/sys are known to give.</summary>
internal static class ErrnoName
{
    internal const int NoEntry = 2;
    internal const int NoProcess = 3;
    internal const int Interrupted = 4;
    internal const int Exists = 17;
    internal const int NoDevice = 19;
    internal const int NoBufferSpace = 105;

    internal static string Of(int errno) => errno switch
    {
        1 => "EPERM",
        NoEntry => "ENOENT",
        NoProcess => "ESRCH",
        Interrupted => "EINTR",
        5 => "EIO",
        6 => "ENXIO",
        7 => "E2BIG",
        9 => "EBADF",
        11 => "EAGAIN",
        12 => "ENOMEM",
        13 => "EACCES",
        14 => "EFAULT",
        16 => "EBUSY",
        Exists => "EEXIST",
        NoDevice => "ENODEV",
        22 => "EINVAL",
        24 => "EMFILE",
        30 => "EROFS",
        34 => "ERANGE",
        61 => "ENODATA",
        90 => "EMSGSIZE",
        95 => "EOPNOTSUPP",
        97 => "EAFNOSUPPORT",
        98 => "EADDRINUSE",
        99 => "EADDRNOTAVAIL",
        100 => "ENETDOWN",
        101 => "ENETUNREACH",
        NoBufferSpace => "ENOBUFS",
        113 => "EHOSTUNREACH",
        _ => $"errno {errno}",
    };
}
