using System.Globalization;

namespace Calico.Plugins.FlowCounters;

/// <summary>The names of IP protocols (IANA) that people write and read.</summary>
internal static class IpProtocol
{
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte IcmpV6 = 58;
    public const byte Sctp = 132;

    private static readonly Dictionary<byte, string> s_names = new()
    {
        [Icmp] = "icmp",
        [4] = "ipip",
        [Tcp] = "tcp",
        [Udp] = "udp",
        [41] = "ipv6",
        [47] = "gre",
        [50] = "esp",
        [IcmpV6] = "icmpv6",
        [Sctp] = "sctp",
    };

    public static bool HasPorts(byte protocol) => protocol is Tcp or Udp or Sctp;

    public static string NameOf(byte protocol) =>
        s_names.TryGetValue(protocol, out string? name) ? name : protocol.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of a name or number; null where it is neither.</summary>
    public static byte? Parse(string text)
    {
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            return number;
        }

        foreach ((byte protocol, string name) in s_names)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return protocol;
            }
        }

        return null;
    }

    /// <summary>All names, for a message.</summary>
    public static string Names => string.Join(", ", s_names.Values);
}
