namespace Calico.Sdk;

/// <summary>The state of a tracked connection; each has an idle timeout, after which the flow is a miss.</summary>
public enum FlowState
{
    /// <summary>No flow.</summary>
    None = 0,

    /// <summary>TCP: the initiator's SYN was seen (20 s).</summary>
    SynSent = 1,

    /// <summary>TCP: both SYNs were seen, the initiator's ACK was not (20 s).</summary>
    SynReceived = 2,

    /// <summary>TCP: established (1 h).</summary>
    Established = 3,

    /// <summary>TCP: both FINs were seen (30 s).</summary>
    Closing = 4,

    /// <summary>TCP: a RST was seen (40 s).</summary>
    Reset = 5,

    /// <summary>UDP without an answer yet (60 s).</summary>
    UdpUnanswered = 6,

    /// <summary>UDP, answered (60 s).</summary>
    UdpAnswered = 7,

    /// <summary>ICMP and ICMPv6 (5 s).</summary>
    Icmp = 8,

    /// <summary>SCTP and every other protocol (10 min).</summary>
    Other = 9,
}
