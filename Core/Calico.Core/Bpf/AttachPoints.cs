namespace Calico.Core.Bpf;

/// <summary>Which way packets go at a TC hook, seen from the interface.</summary>
public enum TcDirection
{
    /// <summary>What the interface received.</summary>
    Ingress,

    /// <summary>What the interface is about to send.</summary>
    Egress,
}

/// <summary>Where an XDP program runs; the numbers are the kernel's XDP_FLAGS_….</summary>
public enum XdpMode
{
    /// <summary>On socket buffers, in the kernel's generic code: works on every interface, saves nothing.</summary>
    Generic = 2,

    /// <summary>In the driver.</summary>
    Native = 4,
}

/// <summary>Protocol families of netfilter; the numbers are the kernel's NFPROTO_….</summary>
public enum NetfilterFamily
{
    /// <summary>IPv4.</summary>
    IPv4 = 2,

    /// <summary>IPv6.</summary>
    IPv6 = 10,
}

/// <summary>Netfilter's hooks; the numbers are the kernel's NF_INET_….</summary>
public enum NetfilterHook
{
    /// <summary>Every packet that came in, before routing.</summary>
    PreRouting = 0,

    /// <summary>Packets for this host.</summary>
    LocalIn = 1,

    /// <summary>Packets that are routed through.</summary>
    Forward = 2,

    /// <summary>Packets that this host sends.</summary>
    LocalOut = 3,

    /// <summary>Every packet about to leave.</summary>
    PostRouting = 4,
}

/// <summary>The kernel's link types; the numbers are the kernel's.</summary>
public enum LinkType
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>A cgroup hook.</summary>
    Cgroup = 3,

    /// <summary>A network namespace hook.</summary>
    NetworkNamespace = 5,

    /// <summary>XDP on an interface.</summary>
    Xdp = 6,

    /// <summary>A netfilter hook.</summary>
    Netfilter = 10,

    /// <summary>TC on an interface.</summary>
    Tcx = 11,
}

/// <summary>A link as the kernel has it.</summary>
/// <param name="Id">The kernel's id, unique among the links that exist now.</param>
/// <param name="Type">The link's type.</param>
/// <param name="ProgramId">The program that runs.</param>
/// <param name="Ifindex">The interface of a TCX or XDP link; 0 once the interface is gone or the link detached, and for other types.</param>
/// <param name="AttachType">The kernel's attach type of a TCX link (46 ingress, 47 egress) or a cgroup's (<see cref="CgroupAttachType"/>); 0 for other types.</param>
public sealed record LinkInfo(uint Id, LinkType Type, uint ProgramId, int Ifindex, uint AttachType)
{
    /// <summary>The cgroup of a cgroup link (<see cref="CgroupFolder.Id"/>); 0 once it is gone, and for other types.</summary>
    public ulong CgroupId { get; init; }

    /// <summary>The direction of a TCX link; null for other types.</summary>
    public TcDirection? Direction => Type != LinkType.Tcx ? null : AttachType == BpfLink.TcxIngress ? TcDirection.Ingress : TcDirection.Egress;
}
