using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>The first packet of a workload that has no address yet: UDP from 0.0.0.0:68 to everybody's port 67.</summary>
internal static class DhcpRequest
{
    private const int Payload = 240;

    public static byte[] Frame(byte[] mac)
    {
        var frame = new byte[14 + 20 + 8 + Payload];
        PacketSocket.Broadcast.CopyTo(frame, 0);
        mac.CopyTo(frame, 6);
        frame[12] = 0x08;
        var ip = frame.AsSpan(14, 20);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], 20 + 8 + Payload);
        ip[8] = 64;
        ip[9] = 17;
        ip[16..20].Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip));
        var udp = frame.AsSpan(34, 8);
        BinaryPrimitives.WriteUInt16BigEndian(udp, 68);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], 67);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], 8 + Payload);
        return frame;
    }

    /// <summary>Who listens for it on the node.</summary>
    public static Socket Server(NetworkNamespace node) => node.Enter(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        socket.Bind(new IPEndPoint(IPAddress.Any, 67));
        return socket;
    });

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var at = 0; at < header.Length; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        }

        return (ushort)~((sum & 0xffff) + (sum >> 16));
    }
}
