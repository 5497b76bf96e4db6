using System.Net;
using System.Net.Sockets;

namespace Calico.Sdk.Testing;

/// <summary>Reads addresses as tests write them.</summary>
internal static class AddressText
{
    public static IPAddress Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    public static IPAddress ParseV4(string text) => Parse(text, AddressFamily.InterNetwork, "IPv4");

    public static IPAddress ParseV6(string text) => Parse(text, AddressFamily.InterNetworkV6, "IPv6");

    private static IPAddress Parse(string text, AddressFamily family, string name) =>
        Parse(text) is { } address && address.AddressFamily == family ? address : throw new FormatException($"'{text}' is not an {name} address.");
}
