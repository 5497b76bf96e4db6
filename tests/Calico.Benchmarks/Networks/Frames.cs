using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Calico.Core.Net;

namespace Calico.Benchmarks.Networks;

/// <summary>Flags of a TCP segment.</summary>
[Flags]
internal enum TcpFlags : byte
{
    Syn = 0x02,
    Ack = 0x10,
}

/// <summary>The frames that are measured: of 60 bytes for IPv4, the smallest that Ethernet knows.</summary>
internal static class Frames
{
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <param name="to">The address of the frame: of the interface that it comes in by, else it is somebody else's.</param>
    public static byte[] TcpSegment(MacAddress from, MacAddress to, IPAddress source, IPAddress destination, ushort sourcePort, ushort destinationPort, TcpFlags flags)
    {
        var frame = Frame(from, to, source, destination, Tcp, 26, out var l4);
        BinaryPrimitives.WriteUInt16BigEndian(l4, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(l4[2..], destinationPort);
        l4[12] = 5 << 4;
        l4[13] = (byte)flags;
        return frame;
    }

    /// <summary>Without a UDP checksum, which IPv4 allows: who changes the ports need not mind it.</summary>
    /// <remarks>From a workload to its host's side.</remarks>
    public static byte[] UdpDatagram(MacAddress from, IPAddress source, IPAddress destination, ushort sourcePort, ushort destinationPort)
    {
        var frame = Frame(from, Addresses.HostSide, source, destination, Udp, 26, out var l4);
        BinaryPrimitives.WriteUInt16BigEndian(l4, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(l4[2..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(l4[4..], 26);
        return frame;
    }

    private static byte[] Frame(MacAddress from, MacAddress to, IPAddress source, IPAddress destination, byte protocol, int l4Length, out Span<byte> l4)
    {
        var v6 = source.AddressFamily == AddressFamily.InterNetworkV6;
        var ipLength = v6 ? 40 : 20;
        var frame = new byte[14 + ipLength + l4Length];
        to.CopyTo(frame);
        from.CopyTo(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(v6 ? 0x86dd : 0x0800));
        var ip = frame.AsSpan(14, ipLength);
        if (v6)
        {
            ip[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)l4Length);
            ip[6] = protocol;
            ip[7] = 64;
            source.TryWriteBytes(ip[8..], out _);
            destination.TryWriteBytes(ip[24..], out _);
        }
        else
        {
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(ipLength + l4Length));
            ip[6] = 0x40; // do not fragment
            ip[8] = 64;
            ip[9] = protocol;
            source.TryWriteBytes(ip[12..], out _);
            destination.TryWriteBytes(ip[16..], out _);
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], HeaderChecksum(ip));
        }

        l4 = frame.AsSpan(14 + ipLength);
        return frame;
    }

    private static ushort HeaderChecksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var at = 0; at < header.Length; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
