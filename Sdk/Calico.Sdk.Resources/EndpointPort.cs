using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Calico.Sdk.Resources;

/// <summary>A port of a workload that has a name.</summary>
/// <param name="Name">The name that policies use.</param>
/// <param name="Protocol">The IP protocol number.</param>
/// <param name="Port">The port inside the workload.</param>
/// <param name="HostPort">The port on the node that leads to it; null if there is none.</param>
/// <param name="HostIP">The node's address that <paramref name="HostPort"/> is bound to; null for all.</param>
public sealed record EndpointPort(string Name, byte Protocol, ushort Port, ushort? HostPort, IPAddress? HostIP)
{
    internal static EndpointPort Read(FieldReader port)
    {
        string name = port.Text("name") ?? "";
        if (name.Length > 0 && !ResourceNames.TryParsePortName(name, out _, out string? reason))
        {
            port.Error("name", $"'{name}' {reason}");
        }

        if (!port.Has("protocol") && port.IsPresent)
        {
            port.Error("protocol", "is required");
        }

        long? hostPort = port.Number("hostPort", 0, ushort.MaxValue);
        return new EndpointPort(
            name,
            port.Parsed<byte>("protocol", TryParseProtocol) ?? 0,
            (ushort)port.RequiredNumber("port", 1, ushort.MaxValue),
            hostPort is null or 0 ? null : (ushort)hostPort, // Calico writes 0 for "none"
            string.IsNullOrEmpty(port.Text("hostIP")) ? null : port.Address("hostIP"));
    }

    private static bool TryParseProtocol(string text, out byte protocol, [NotNullWhen(false)] out string? reason)
    {
        protocol = text.ToUpperInvariant() switch
        {
            "TCP" => 6,
            "UDP" => 17,
            "SCTP" => 132,
            _ => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) ? number : (byte)0,
        };
        reason = protocol is 6 or 17 or 132 ? null : "is not a protocol with ports (TCP, UDP, SCTP or its number)";
        return reason is null;
    }
}
