namespace Calico.Core.Bpf;

/// <summary>The kernel's program types that this project loads; the numbers are the kernel's.</summary>
public enum ProgramType
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>TC and TCX: sees packets as <c>__sk_buff</c>.</summary>
    SchedCls = 3,

    /// <summary>Sees packets before the kernel makes a socket buffer of them.</summary>
    Xdp = 6,

    /// <summary>Packets of a cgroup's sockets.</summary>
    CgroupSkb = 8,

    /// <summary>Creation and release of a cgroup's sockets.</summary>
    CgroupSock = 9,

    /// <summary>connect, sendmsg, recvmsg and so on of a cgroup's sockets.</summary>
    CgroupSockAddr = 18,

    /// <summary>Chooses the socket for an incoming connection.</summary>
    SkLookup = 30,

    /// <summary>Runs when user space asks for it, and may sleep.</summary>
    Syscall = 31,

    /// <summary>A netfilter hook.</summary>
    Netfilter = 32,
}
