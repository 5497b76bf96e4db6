using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Calico.Sdk.Net;

/// <summary>An IPv4 or IPv6 network: a first address and a prefix length, with the host bits cleared.</summary>
/// <remarks>
/// A value of 24 bytes without references, because policies hold hundreds of thousands of them.
/// <see cref="System.Net.IPNetwork"/> refuses host bits where Calico masks them.
/// </remarks>
public readonly record struct IpNetwork : IComparable<IpNetwork>
{
    private readonly UInt128 _bits;
    private readonly byte _prefixLength;
    private readonly bool _isIPv6;

    /// <summary>Makes the network of <paramref name="prefixLength"/> bits that holds <paramref name="address"/>.</summary>
    /// <param name="address">An address of the network; its host bits are cleared.</param>
    /// <param name="prefixLength">0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    public IpNetwork(IPAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(address);
        _isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, _isIPv6 ? 128 : 32);
        _prefixLength = (byte)prefixLength;
        _bits = ToBits(address) & Mask(_isIPv6, prefixLength);
    }

    /// <summary>The first address of the network.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            return new IPAddress(bytes[..WriteAddress(bytes)]);
        }
    }

    /// <summary>How many leading bits of an address the network fixes.</summary>
    public int PrefixLength => _prefixLength;

    /// <summary>Whether this is an IPv6 network; the default value is <c>0.0.0.0/0</c>.</summary>
    public bool IsIPv6 => _isIPv6;

    /// <summary>Whether the network is one address: /32 or /128.</summary>
    public bool IsSingleAddress => _prefixLength == (_isIPv6 ? 128 : 32);

    /// <summary>Whether <paramref name="address"/>, of the same family, is in the network.</summary>
    /// <param name="address">The address to look for.</param>
    /// <returns>Whether it is inside.</returns>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return (address.AddressFamily == AddressFamily.InterNetworkV6) == _isIPv6
            && (ToBits(address) & Mask(_isIPv6, _prefixLength)) == _bits;
    }

    /// <summary>Whether all of <paramref name="other"/> is in this network.</summary>
    /// <param name="other">The network to look for.</param>
    /// <returns>Whether it is inside, or the same.</returns>
    public bool Contains(IpNetwork other) =>
        other._isIPv6 == _isIPv6
        && other._prefixLength >= _prefixLength
        && (other._bits & Mask(_isIPv6, _prefixLength)) == _bits;

    /// <summary>Writes the first address in network byte order, as a map key wants it.</summary>
    /// <param name="destination">At least 4 bytes for IPv4, 16 for IPv6.</param>
    /// <returns>How many bytes were written.</returns>
    public int WriteAddress(Span<byte> destination)
    {
        if (_isIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, _bits);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_bits);
        return 4;
    }

    /// <summary>Reads <c>address/prefix</c>, or an address alone for a network of one; host bits are cleared.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="network">The network.</param>
    /// <param name="reason">Why the text is no network.</param>
    /// <returns>Whether the text is a network.</returns>
    public static bool TryParse(string text, out IpNetwork network, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool parsed = IpText.TryParseWithPrefix(text, out IPAddress? address, out int prefixLength, out reason);
        network = parsed ? new IpNetwork(address!, prefixLength) : default;
        return parsed;
    }

    /// <summary>Reads a network from text that is known to be one.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FormatException">The text is not a network; the message says why.</exception>
    public static IpNetwork Parse(string text) =>
        TryParse(text, out IpNetwork network, out string? reason) ? network : throw new FormatException($"'{text}' {reason}.");

    /// <summary>Orders IPv4 before IPv6, then by address, then the wider network first.</summary>
    /// <param name="other">The network to compare with.</param>
    /// <returns>Less than zero when this network comes first.</returns>
    public int CompareTo(IpNetwork other) =>
        (_isIPv6, _bits, _prefixLength).CompareTo((other._isIPv6, other._bits, other._prefixLength));

    /// <summary>The network as <c>address/prefix</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Address}/{_prefixLength}";

    /// <summary>Whether one network is ordered before another.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator <(IpNetwork left, IpNetwork right) => left.CompareTo(right) < 0;

    /// <summary>Whether one network is ordered before another or is the same.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator <=(IpNetwork left, IpNetwork right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one network is ordered after another.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator >(IpNetwork left, IpNetwork right) => left.CompareTo(right) > 0;

    /// <summary>Whether one network is ordered after another or is the same.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The comparison.</returns>
    public static bool operator >=(IpNetwork left, IpNetwork right) => left.CompareTo(right) >= 0;

    private static UInt128 ToBits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out int length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 Mask(bool isIPv6, int prefixLength)
    {
        int hostBits = (isIPv6 ? 128 : 32) - prefixLength;
        // A shift by 128 is a shift by 0: C# takes the count modulo the width.
        return hostBits == 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
    }
}
