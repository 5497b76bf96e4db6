namespace Calico.Core.Bpf;

/// <summary>The socket hooks of cgroups; the numbers are the kernel's <c>enum bpf_attach_type</c>.</summary>
public enum CgroupAttachType
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>BPF_CGROUP_INET4_CONNECT.</summary>
    Connect4 = 10,

    /// <summary>BPF_CGROUP_INET6_CONNECT.</summary>
    Connect6 = 11,

    /// <summary>BPF_CGROUP_UDP4_SENDMSG.</summary>
    SendMsg4 = 14,

    /// <summary>BPF_CGROUP_UDP6_SENDMSG.</summary>
    SendMsg6 = 15,

    /// <summary>BPF_CGROUP_UDP4_RECVMSG.</summary>
    RecvMsg4 = 19,

    /// <summary>BPF_CGROUP_UDP6_RECVMSG.</summary>
    RecvMsg6 = 20,

    /// <summary>BPF_CGROUP_INET4_GETPEERNAME.</summary>
    GetPeerName4 = 29,

    /// <summary>BPF_CGROUP_INET6_GETPEERNAME.</summary>
    GetPeerName6 = 30,
}
