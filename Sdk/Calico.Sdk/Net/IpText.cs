using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Calico.Sdk.Net;

/// <summary>Reads IP addresses as strictly as a resource must be read.</summary>
/// <remarks>
/// <see cref="IPAddress.Parse(string)"/> also takes <c>10.1</c>, <c>010.0.0.1</c> (octal), <c>0x0a.0.0.1</c> and
/// <c>fe80::1%eth0</c>. In a policy or an endpoint each of these is a mistake that would match other traffic than was meant.
/// </remarks>
public static class IpText
{
    /// <summary>Reads an IPv4 address in four decimal parts or an IPv6 address without a zone.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why the text is no address.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out IPAddress address, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(':', StringComparison.Ordinal)
            ? TryParseIPv6(text, out address, out reason)
            : TryParseIPv4(text, out address, out reason);
    }

    /// <summary>Splits <c>address/prefix</c>; without a prefix it is the whole address (32 or 128).</summary>
    internal static bool TryParseWithPrefix(
        string text, [MaybeNullWhen(false)] out IPAddress address, out int prefixLength, [NotNullWhen(false)] out string? reason)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        prefixLength = 0;
        if (!TryParse(slash < 0 ? text : text[..slash], out address, out reason))
        {
            return false;
        }

        int longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            prefixLength = longest;
            return true;
        }

        ReadOnlySpan<char> digits = text.AsSpan(slash + 1);
        if (digits.Length is 0 or > 3
            || (digits.Length > 1 && digits[0] == '0')
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength)
            || prefixLength > longest)
        {
            reason = $"has no prefix length from 0 to {longest} after its '/'";
            return false;
        }

        return true;
    }

    private static bool TryParseIPv4(string text, [MaybeNullWhen(false)] out IPAddress address, [NotNullWhen(false)] out string? reason)
    {
        Span<byte> bytes = stackalloc byte[4];
        int part = 0;
        address = null;
        foreach (Range range in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> digits = text.AsSpan()[range];
            if (part == 4
                || digits.Length is 0 or > 3
                || (digits.Length > 1 && digits[0] == '0')
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[part]))
            {
                reason = "is not an IP address (four decimal numbers from 0 to 255 without leading zeros, or an IPv6 address)";
                return false;
            }

            part++;
        }

        if (part != 4)
        {
            reason = "is not an IP address (four decimal numbers from 0 to 255 without leading zeros, or an IPv6 address)";
            return false;
        }

        address = new IPAddress(bytes);
        reason = null;
        return true;
    }

    private static bool TryParseIPv6(string text, [MaybeNullWhen(false)] out IPAddress address, [NotNullWhen(false)] out string? reason)
    {
        address = null;
        if (text.Contains('%', StringComparison.Ordinal))
        {
            reason = "names an interface after '%'; write the address alone";
            return false;
        }

        if (text.AsSpan().ContainsAny('[', '/') || !IPAddress.TryParse(text, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            reason = "is not an IPv6 address";
            return false;
        }

        if (parsed.IsIPv4MappedToIPv6)
        {
            reason = $"is an IPv4 address in IPv6 clothes; write {parsed.MapToIPv4()}";
            return false;
        }

        address = parsed;
        reason = null;
        return true;
    }
}
