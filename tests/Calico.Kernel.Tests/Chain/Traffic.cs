using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>The packets and conversations that many tests begin with: from workload A, port 40000, to workload B, port 80.</summary>
internal static class Traffic
{
    public const ushort Client = 40_000;
    public const ushort Server = 80;

    public static PacketBuilder Tcp(this ChainHarness chain, bool v6, TcpFlags flags, bool reply = false) => reply
        ? PacketBuilder.Tcp(chain.Node.B.Address(v6), chain.Node.A.Address(v6), Server, Client, flags)
        : PacketBuilder.Tcp(chain.Node.A.Address(v6), chain.Node.B.Address(v6), Client, Server, flags);

    public static PacketBuilder Syn(this ChainHarness chain, bool v6) => chain.Tcp(v6, TcpFlags.Syn);

    public static PacketBuilder Udp(this ChainHarness chain, bool v6, bool reply = false) => reply
        ? PacketBuilder.Udp(chain.Node.B.Address(v6), chain.Node.A.Address(v6), Server, Client)
        : PacketBuilder.Udp(chain.Node.A.Address(v6), chain.Node.B.Address(v6), Client, Server);

    /// <summary>From A, as B gets it.</summary>
    public static SentPacket FromA(this ChainHarness chain, PacketBuilder packet) => chain.Send(Hooks.WorkloadIngress, chain.Node.A, packet);

    public static SentPacket FromB(this ChainHarness chain, PacketBuilder packet) => chain.Send(Hooks.WorkloadIngress, chain.Node.B, packet);

    /// <summary>Three segments; the flow is established afterwards.</summary>
    public static void Connect(this ChainHarness chain, bool v6)
    {
        Assert.True(chain.FromA(chain.Syn(v6)).IsRedirected);
        Assert.True(chain.FromB(chain.Tcp(v6, TcpFlags.SynAck, reply: true)).IsRedirected);
        Assert.True(chain.FromA(chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
    }
}
