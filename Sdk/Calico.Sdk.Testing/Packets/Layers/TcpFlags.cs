namespace Calico.Sdk.Testing;

/// <summary>The control bits of a TCP header (RFC 9293, 3.1).</summary>
[Flags]
public enum TcpFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The sender has no more to say.</summary>
    Fin = 1,

    /// <summary>Opens a connection.</summary>
    Syn = 2,

    /// <summary>Ends a connection at once.</summary>
    Rst = 4,

    /// <summary>Give it to the application.</summary>
    Psh = 8,

    /// <summary>The acknowledgment number counts.</summary>
    Ack = 16,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 32,

    /// <summary>Congestion was seen (RFC 3168).</summary>
    Ece = 64,

    /// <summary>The congestion window was reduced (RFC 3168).</summary>
    Cwr = 128,

    /// <summary>The answer to a SYN.</summary>
    SynAck = Syn | Ack,

    /// <summary>An ordinary end.</summary>
    FinAck = Fin | Ack,

    /// <summary>A refusal.</summary>
    RstAck = Rst | Ack,
}
