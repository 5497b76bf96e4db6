namespace Calico.Sdk;

/// <summary>
/// Where a socket program can run: at calls of processes, before there is a packet. Each is a hook of the kernel's cgroups,
/// and its context is <c>struct bpf_sock_addr</c>, whose address the program may rewrite.
/// </summary>
[Flags]
public enum SocketHooks
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary><c>connect()</c> of an IPv4 socket, TCP or UDP: to what it connects.</summary>
    Connect4 = 1,

    /// <summary><c>connect()</c> of an IPv6 socket.</summary>
    Connect6 = 2,

    /// <summary><c>sendto()</c>, <c>sendmsg()</c> of an unconnected IPv4 UDP socket: to what it sends.</summary>
    SendMsg4 = 4,

    /// <summary><c>sendto()</c>, <c>sendmsg()</c> of an unconnected IPv6 UDP socket.</summary>
    SendMsg6 = 8,

    /// <summary><c>recvfrom()</c>, <c>recvmsg()</c> of an IPv4 UDP socket: from whom it is told that a datagram came. Cannot refuse.</summary>
    RecvMsg4 = 16,

    /// <summary><c>recvfrom()</c>, <c>recvmsg()</c> of an IPv6 UDP socket. Cannot refuse.</summary>
    RecvMsg6 = 32,

    /// <summary><c>getpeername()</c> of an IPv4 socket: to whom it is told that it is connected. Cannot refuse.</summary>
    GetPeerName4 = 64,

    /// <summary><c>getpeername()</c> of an IPv6 socket. Cannot refuse.</summary>
    GetPeerName6 = 128,
}
