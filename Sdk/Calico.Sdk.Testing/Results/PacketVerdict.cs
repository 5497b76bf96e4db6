namespace Calico.Sdk.Testing;

/// <summary>What became of a packet.</summary>
public enum PacketVerdict
{
    /// <summary>It was dropped.</summary>
    Dropped,

    /// <summary>It was sent to an interface.</summary>
    Redirected,

    /// <summary>
    /// It goes on with the next program on the interface and then where it was going: at ingress hooks to the host's
    /// stack, at egress hooks out of the interface, at XDP into the kernel.
    /// </summary>
    Passed,

    /// <summary>The chain returned something that the spine itself never returns.</summary>
    Other,
}
