namespace Calico.Harness.Packets;

/// <summary>RFC 9293, 3.1.</summary>
[Flags]
public enum TcpFlags
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Rst = 4,
    Psh = 8,
    Ack = 16,
    SynAck = Syn | Ack,
    FinAck = Fin | Ack,
    RstAck = Rst | Ack,
}
