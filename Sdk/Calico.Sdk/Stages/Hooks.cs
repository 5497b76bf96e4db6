namespace Calico.Sdk;

/// <summary>
/// The places where chains start. The direction is the interface's, as the kernel names it: what a workload sends
/// is <see cref="WorkloadIngress"/>, because it comes into the node there.
/// </summary>
[Flags]
public enum Hooks
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>TC ingress of a workload's host-side interface: what the workload sends.</summary>
    WorkloadIngress = 1,

    /// <summary>TC egress of a workload's host-side interface: what the host's stack sends to the workload.</summary>
    WorkloadEgress = 2,

    /// <summary>TC ingress of an uplink: what arrives from the wire.</summary>
    HostIngress = 4,

    /// <summary>TC egress of an uplink: what leaves to the wire.</summary>
    HostEgress = 8,

    /// <summary>TC ingress of a tunnel device.</summary>
    TunnelIngress = 16,

    /// <summary>XDP of an uplink, before the kernel makes a socket buffer. Only <see cref="StagePhase.PreFlow"/> stages.</summary>
    Xdp = 32,

    /// <summary>All TC ingress hooks.</summary>
    Ingress = WorkloadIngress | HostIngress | TunnelIngress,

    /// <summary>All TC egress hooks.</summary>
    Egress = WorkloadEgress | HostEgress,

    /// <summary>All TC hooks.</summary>
    Tc = Ingress | Egress,
}
