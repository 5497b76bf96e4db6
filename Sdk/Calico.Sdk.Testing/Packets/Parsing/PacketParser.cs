using System.Buffers.Binary;
using System.Net;
using Calico.Sdk.Net;

namespace Calico.Sdk.Testing;

/// <summary>
/// From bytes back to layers. It refuses nothing: what is not understood, or is too short, is payload, so that building
/// the layers again gives the same bytes.
/// </summary>
internal sealed class PacketParser
{
    private readonly List<Layer> _layers = [];
    private byte[] _rest;
    private byte[] _behind = [];

    private PacketParser(byte[] bytes) => _rest = bytes;

    /// <summary>The layers of a frame.</summary>
    /// <param name="frame">From the Ethernet header on.</param>
    /// <param name="behind">What lies behind the end that the outermost IP header tells: padding.</param>
    public static IReadOnlyList<Layer> ParseFrame(byte[] frame, out byte[] behind)
    {
        PacketParser parser = new(frame);
        parser.Ethernet();
        return parser.Finish(out behind);
    }

    /// <summary>The layers of an IP packet without a frame.</summary>
    public static IReadOnlyList<Layer> ParseNetwork(byte[] packet, out byte[] behind)
    {
        PacketParser parser = new(packet);
        parser.OfType(packet.Length > 0 && packet[0] >> 4 == 6 ? EthernetHeader.IPv6 : EthernetHeader.IPv4);
        return parser.Finish(out behind);
    }

    private Layer[] Finish(out byte[] behind)
    {
        if (_rest.Length > 0)
        {
            _layers.Add(new Payload(_rest));
        }

        behind = _behind;
        return Simplified(_layers);
    }

    /// <summary>Of every header that is right, the form that says so: nothing given that can be filled in.</summary>
    private static Layer[] Simplified(List<Layer> layers)
    {
        var result = layers.ToArray();
        byte[] carried = [];
        for (var i = result.Length - 1; i >= 0; i--)
        {
            var network = result.Take(i).OfType<IPHeader>().LastOrDefault();
            LayerPlace place = new(network, i + 1 < result.Length ? result[i + 1] : null, carried);
            var bytes = result[i].Build(place);
            foreach (var fill in result[i].Fillings)
            {
                var filled = fill(result[i]);
                result[i] = filled.Build(place).AsSpan().SequenceEqual(bytes) ? filled : result[i];
            }

            carried = [.. bytes, .. carried];
        }

        return result;
    }

    private ushort At(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_rest.AsSpan(offset));

    private uint WordAt(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_rest.AsSpan(offset));

    private void Add(Layer layer, int length)
    {
        _layers.Add(layer);
        _rest = _rest[length..];
    }

    private void Ethernet()
    {
        if (_rest.Length < EthernetHeader.Length)
        {
            return;
        }

        var type = At(12);
        Add(new EthernetHeader(new MacAddress(_rest.AsSpan(6, 6)), new MacAddress(_rest.AsSpan(0, 6))) { EtherType = type }, EthernetHeader.Length);
        OfType(type);
    }

    private void OfType(ushort type)
    {
        switch (type)
        {
            case 0x8100 or 0x88a8 when _rest.Length >= 4:
                var (tag, inner) = (At(0), At(2));
                Add(new VlanTag((ushort)(tag & 0xfff)) { Priority = (byte)(tag >> 13), DropEligible = (tag & 0x1000) != 0, ProtocolId = type, EtherType = inner }, 4);
                OfType(inner);
                break;
            case EthernetHeader.Arp when _rest.Length >= 28 && _rest.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0, 1, 8, 0, 6, 4]):
                Add(new ArpMessage(new MacAddress(_rest.AsSpan(8, 6)), new IPAddress(_rest.AsSpan(14, 4)), new IPAddress(_rest.AsSpan(24, 4)))
                {
                    Operation = At(6),
                    TargetMac = new MacAddress(_rest.AsSpan(18, 6)),
                }, 28);
                break;
            case EthernetHeader.IPv4:
                IPv4();
                break;
            case EthernetHeader.IPv6:
                IPv6();
                break;
        }
    }

    /// <summary>What lies behind the end of the IP packet is not the transport's.</summary>
    private void EndAt(int length)
    {
        if (length >= 0 && length < _rest.Length)
        {
            _behind = [.. _rest[length..], .. _behind];
            _rest = _rest[..length];
        }
    }

    private void IPv4()
    {
        var header = _rest.Length < 20 ? 0 : (_rest[0] & 15) * 4;
        if (header < 20 || header > _rest.Length)
        {
            return;
        }

        var (total, fragment, protocol) = (At(2), At(6), _rest[9]);
        EndAt(total < header ? -1 : total);
        Add(new IPv4Header(new IPAddress(_rest.AsSpan(12, 4)), new IPAddress(_rest.AsSpan(16, 4)))
        {
            Version = (byte)(_rest[0] >> 4),
            HeaderLength = header,
            TypeOfService = _rest[1],
            TotalLength = total,
            Identification = At(4),
            DontFragment = (fragment & 0x4000) != 0,
            MoreFragments = (fragment & 0x2000) != 0,
            FragmentOffset = (fragment & 0x1fff) * 8,
            HopLimit = _rest[8],
            Protocol = protocol,
            Checksum = At(10),
            Options = _rest[20..header],
        }, header);
        if ((fragment & 0x1fff) == 0)
        {
            OfProtocol(protocol);
        }
    }

    private void IPv6()
    {
        if (_rest.Length < 40)
        {
            return;
        }

        var (first, length, next) = (WordAt(0), At(4), _rest[6]);
        EndAt(40 + length);
        Add(new IPv6Header(new IPAddress(_rest.AsSpan(8, 16)), new IPAddress(_rest.AsSpan(24, 16)))
        {
            Version = (byte)(first >> 28),
            TrafficClass = (byte)(first >> 20),
            FlowLabel = first & 0xf_ffff,
            PayloadLength = length,
            NextHeader = next,
            HopLimit = _rest[7],
        }, 40);
        OfProtocol(next);
    }

    private void OfProtocol(byte protocol)
    {
        switch (protocol)
        {
            case TcpHeader.Number when _rest.Length >= 20 && _rest[12] >> 4 >= 5 && (_rest[12] >> 4) * 4 <= _rest.Length:
                Tcp((_rest[12] >> 4) * 4);
                break;
            case UdpHeader.Number when _rest.Length >= 8:
                var port = At(2);
                Add(new UdpHeader(At(0), port) { Length = At(4), Checksum = At(6) }, 8);
                Vxlan(port);
                break;
            case SctpHeader.Number when _rest.Length >= 12:
                Add(new SctpHeader(At(0), At(2)) { VerificationTag = WordAt(4), Checksum = BinaryPrimitives.ReadUInt32LittleEndian(_rest.AsSpan(8)) }, 12);
                break;
            case 1 or 58 when _rest.Length >= 8:
                Add(new IcmpHeader(_rest[0], _rest[1], protocol == 58) { Checksum = At(2), SecondWord = WordAt(4) }, 8);
                break;
            case 4:
                IPv4();
                break;
            case 41:
                IPv6();
                break;
            case IPv6Extension.HopByHopNumber or IPv6Extension.RoutingNumber or IPv6Extension.FragmentNumber or IPv6Extension.DestinationNumber
                when _rest.Length >= 8:
                Extension(protocol);
                break;
            default:
                OfNoProtocol(protocol);
                break;
        }
    }

    private void OfNoProtocol(byte protocol)
    {
        if (_rest.Length > 0)
        {
            Add(new Payload(_rest) { Protocol = protocol }, _rest.Length);
        }
    }

    private void Tcp(int length) => Add(new TcpHeader(At(0), At(2), (TcpFlags)_rest[13])
    {
        Sequence = WordAt(4),
        Acknowledgment = WordAt(8),
        DataOffset = length,
        Window = At(14),
        Checksum = At(16),
        UrgentPointer = At(18),
        Options = _rest[20..length],
    }, length);

    private void Vxlan(ushort port)
    {
        if (port == VxlanHeader.Port && _rest.Length >= 8 && (_rest[0] & 8) != 0 && (WordAt(4) & 0xff) == 0 && (WordAt(0) & 0xff_ffff) == 0)
        {
            Add(new VxlanHeader(WordAt(4) >> 8) { Flags = _rest[0] }, 8);
            Ethernet();
        }
    }

    private void Extension(byte number)
    {
        var length = number == IPv6Extension.FragmentNumber ? 8 : (_rest[1] + 1) * 8;
        if (length > _rest.Length)
        {
            return;
        }

        var (next, offset) = (_rest[0], At(2) & 0xfff8);
        Add(new IPv6Extension(number, _rest[..length]) { NextHeader = next }, length);
        if (number != IPv6Extension.FragmentNumber || offset == 0)
        {
            OfProtocol(next);
        }
    }
}
