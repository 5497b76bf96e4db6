using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Calico.Sdk.Net;

/// <summary>An address as an interface bears it: the address itself and the prefix length of the network it is in.</summary>
/// <param name="Address">The address, host bits and all.</param>
/// <param name="PrefixLength">The prefix length of the network on the link.</param>
public sealed record InterfaceAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>The network on the link.</summary>
    public IpNetwork Network => new(Address, PrefixLength);

    /// <summary>Reads <c>address/prefix</c>, or an address alone for one without neighbours (/32, /128).</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="value">The address.</param>
    /// <param name="reason">Why the text is no such address.</param>
    /// <returns>Whether the text is such an address.</returns>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out InterfaceAddress value, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool parsed = IpText.TryParseWithPrefix(text, out IPAddress? address, out int prefixLength, out reason);
        value = parsed ? new InterfaceAddress(address!, prefixLength) : null;
        return parsed;
    }

    /// <summary>The address as <c>address/prefix</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
