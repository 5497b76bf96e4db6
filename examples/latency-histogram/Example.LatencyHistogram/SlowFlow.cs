using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Example.LatencyHistogram;

/// <summary>An event: a flow whose first answer took long. In C it is <c>struct slow_flow</c>, made from this.</summary>
public readonly record struct SlowFlow
{
    /// <summary>How long the client waited.</summary>
    public ulong Microseconds { get; init; }

    /// <summary>Network byte order; IPv4 in the first word.</summary>
    public AddressWords Client { get; init; }

    /// <summary>As <see cref="Client"/>.</summary>
    public AddressWords Server { get; init; }

    /// <summary>Network byte order.</summary>
    public ushort ClientPort { get; init; }

    /// <summary>Network byte order.</summary>
    public ushort ServerPort { get; init; }

    /// <summary>The IP protocol's number.</summary>
    public byte Protocol { get; init; }

    /// <summary>4 or 6.</summary>
    public byte Family { get; init; }

    /// <summary>C would add two bytes here; they are declared, so that nobody reads what was never written.</summary>
    public ushort Reserved { get; init; }

    internal string ClientText() => Text(Client, ClientPort);

    internal string ServerText() => Text(Server, ServerPort);

    private string Text(AddressWords words, ushort port)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes((ReadOnlySpan<uint>)words);
        return new IPEndPoint(new IPAddress(bytes[..(Family == 4 ? 4 : 16)]), (ushort)IPAddress.NetworkToHostOrder((short)port)).ToString();
    }
}

/// <summary>An address as C has it: <c>__u32 name[4]</c>.</summary>
[InlineArray(4)]
public struct AddressWords
{
    private uint _first;
}
