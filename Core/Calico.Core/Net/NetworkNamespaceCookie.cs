using System.Buffers.Binary;
using System.Net.Sockets;

namespace Calico.Core.Net;

/// <summary>The kernel's number of a network namespace, which no other has until the next boot.</summary>
internal static class NetworkNamespaceCookie
{
    private const int SolSocket = 1;
    private const int SoNetnsCookie = 71;

    /// <summary>That of the calling thread.</summary>
    public static ulong Own()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Span<byte> cookie = stackalloc byte[sizeof(ulong)];
        socket.GetRawSocketOption(SolSocket, SoNetnsCookie, cookie);
        return BinaryPrimitives.ReadUInt64LittleEndian(cookie);
    }
}
