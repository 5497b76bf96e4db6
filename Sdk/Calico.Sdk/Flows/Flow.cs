using System.Net;

namespace Calico.Sdk;

/// <summary>A tracked connection as it was when it was read. Addresses are those of the initiator's first packet.</summary>
public abstract class Flow
{
    /// <summary>The IP protocol number (IANA): 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6, 132 SCTP, …</summary>
    public abstract byte Protocol { get; }

    /// <summary>The initiator's address and port; for ICMP echo the port is the identifier.</summary>
    public abstract IPEndPoint Source { get; }

    /// <summary>The address and port that the initiator sent to.</summary>
    public abstract IPEndPoint Destination { get; }

    /// <summary>The connection's state.</summary>
    public abstract FlowState State { get; }

    /// <summary>What the initiator sent.</summary>
    public abstract FlowCounters Forward { get; }

    /// <summary>What came back.</summary>
    public abstract FlowCounters Reply { get; }

    /// <summary>When the flow's last packet passed, to the kernel's tick.</summary>
    public abstract DateTimeOffset LastSeen { get; }

    /// <summary>The name of the interface where the initiator's packets enter; null for the host's own.</summary>
    public abstract string? InputInterface { get; }

    /// <summary>The name of the interface where they leave; null where they go to the host.</summary>
    public abstract string? OutputInterface { get; }

    /// <summary>Reads a plugin's field.</summary>
    /// <exception cref="InvalidOperationException">The running generation has no such field.</exception>
    public abstract T Get<T>(FlowField<T> field)
        where T : unmanaged;
}
