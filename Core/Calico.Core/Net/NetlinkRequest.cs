using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Calico.Core.Net;

/// <summary>Builds one request: message header, the family's fixed header, attributes.</summary>
internal sealed class NetlinkRequest
{
    private readonly byte[] _buffer = new byte[512];
    private int _length = HeaderSize.Message;

    internal NetlinkRequest(MessageType type, MessageFlags flags)
    {
        MemoryMarshal.Write(_buffer.AsSpan(4), (ushort)type);
        MemoryMarshal.Write(_buffer.AsSpan(6), (ushort)(flags | MessageFlags.Request));
    }

    /// <summary>The finished message under the given sequence number.</summary>
    internal ReadOnlySpan<byte> Finish(uint sequence)
    {
        MemoryMarshal.Write(_buffer.AsSpan(0), (uint)_length);
        MemoryMarshal.Write(_buffer.AsSpan(8), sequence);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Room for the fixed header, zeroed. Call once, before the attributes.</summary>
    internal Span<byte> Header(int size)
    {
        var header = _buffer.AsSpan(_length, size);
        _length += Alignment.Up(size);
        return header;
    }

    internal NetlinkRequest Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var attribute = _buffer.AsSpan(_length);
        MemoryMarshal.Write(attribute, (ushort)(HeaderSize.Attribute + value.Length));
        MemoryMarshal.Write(attribute[2..], type);
        value.CopyTo(attribute[HeaderSize.Attribute..]);
        _length += Alignment.Up(HeaderSize.Attribute + value.Length);
        return this;
    }

    internal NetlinkRequest Attribute(ushort type, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(bytes, value);
        return Attribute(type, bytes);
    }

    internal NetlinkRequest Attribute(ushort type, uint value) => Attribute(type, unchecked((int)value));

    internal NetlinkRequest Attribute(ushort type, string text) => Attribute(type, Encoding.UTF8.GetBytes(text + '\0'));

    internal NetlinkRequest Attribute(ushort type, IPAddress address) => Attribute(type, address.GetAddressBytes());

    /// <summary>RTA_VIA: a gateway of another family than the route's, which carries its family along.</summary>
    internal NetlinkRequest Via(IPAddress gateway)
    {
        var address = gateway.GetAddressBytes();
        Span<byte> via = stackalloc byte[2 + address.Length];
        MemoryMarshal.Write(via, (ushort)AddressFamilyOf(gateway));
        address.CopyTo(via[2..]);
        return Attribute(RouteAttribute.Via, via);
    }

    internal static byte AddressFamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Family.Ipv6 : Family.Ipv4;
}
