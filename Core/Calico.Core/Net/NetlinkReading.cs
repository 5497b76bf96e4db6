using System.Runtime.InteropServices;
using System.Text;

namespace Calico.Core.Net;

/// <summary>One message of a datagram.</summary>
internal readonly ref struct NetlinkMessage
{
    internal NetlinkMessage(MessageType type, MessageFlags flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        Type = type;
        Flags = flags;
        Sequence = sequence;
        Payload = payload;
    }

    internal MessageType Type { get; }

    internal MessageFlags Flags { get; }

    internal uint Sequence { get; }

    internal ReadOnlySpan<byte> Payload { get; }
}

/// <summary>Walks the messages of one datagram; stops at the first that does not fit into it.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public NetlinkMessage Current { get; private set; }

    public readonly NetlinkMessages GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < HeaderSize.Message)
        {
            return false;
        }

        var length = MemoryMarshal.Read<uint>(_rest);
        if (length < HeaderSize.Message || length > _rest.Length)
        {
            return false;
        }

        Current = new NetlinkMessage(
            (MessageType)MemoryMarshal.Read<ushort>(_rest[4..]),
            (MessageFlags)MemoryMarshal.Read<ushort>(_rest[6..]),
            MemoryMarshal.Read<uint>(_rest[8..]),
            _rest[HeaderSize.Message..(int)length]);
        _rest = _rest[Math.Min(Alignment.Up((int)length), _rest.Length)..];
        return true;
    }
}

/// <summary>One attribute: a type and its bytes.</summary>
internal readonly ref struct NetlinkAttribute
{
    internal NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        Type = type;
        Value = value;
    }

    internal ushort Type { get; }

    internal ReadOnlySpan<byte> Value { get; }

    internal int AsInt32 => Value.Length >= sizeof(int) ? MemoryMarshal.Read<int>(Value) : 0;

    internal uint AsUInt32 => unchecked((uint)AsInt32);

    internal string AsText => Encoding.UTF8.GetString(Value.TrimEnd((byte)0));
}

/// <summary>Walks a run of attributes; stops at the first that does not fit.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    // The two upper bits say "nested" and "network byte order"; they are not part of the type.
    private const ushort TypeMask = 0x3fff;

    private ReadOnlySpan<byte> _rest = bytes;

    public NetlinkAttribute Current { get; private set; }

    public readonly NetlinkAttributes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < HeaderSize.Attribute)
        {
            return false;
        }

        var length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderSize.Attribute || length > _rest.Length)
        {
            return false;
        }

        Current = new NetlinkAttribute((ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask), _rest[HeaderSize.Attribute..length]);
        _rest = _rest[Math.Min(Alignment.Up(length), _rest.Length)..];
        return true;
    }
}

/// <summary>Everything in netlink begins on a multiple of four bytes.</summary>
internal static class Alignment
{
    internal static int Up(int length) => (length + 3) & ~3;
}
