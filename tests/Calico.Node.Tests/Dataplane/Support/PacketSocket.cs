using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>Whole Ethernet frames, sent and received on <c>eth0</c> of a namespace.</summary>
internal sealed class PacketSocket : IDisposable
{
    private const short AllProtocols = 3; // ETH_P_ALL

    private readonly Socket _socket;
    private readonly int _ifindex;

    public PacketSocket(NetworkNamespace inside)
    {
        _ifindex = int.Parse(inside.Run("cat", "/proc/self/net/dev_snmp6/eth0").Output.Split((char[])['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        _socket = inside.Enter(() => new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)BinaryPrimitives.ReverseEndianness(AllProtocols)));
        _socket.Bind(new LinkEndPoint(_ifindex));
    }

    public static byte[] Broadcast { get; } = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    public void Send(params IReadOnlyList<byte> frame) => _socket.SendTo([.. frame], new LinkEndPoint(_ifindex));

    /// <summary>The first frame within a second that fits; null if none comes.</summary>
    public byte[]? Receive(Predicate<byte[]> fits)
    {
        var buffer = new byte[65536];
        var end = Environment.TickCount64 + 1000;
        while (Environment.TickCount64 < end)
        {
            if (_socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead))
            {
                var frame = buffer[.._socket.Receive(buffer)];
                if (fits(frame))
                {
                    return frame;
                }
            }
        }

        return null;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>struct sockaddr_ll.</summary>
    private sealed class LinkEndPoint(int ifindex) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, 20);
            BinaryPrimitives.WriteInt16BigEndian(address.Buffer.Span[2..], AllProtocols);
            BinaryPrimitives.WriteInt32LittleEndian(address.Buffer.Span[4..], ifindex);
            return address;
        }
    }
}
