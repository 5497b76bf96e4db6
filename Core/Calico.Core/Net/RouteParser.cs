using System.Net;
using System.Runtime.InteropServices;

namespace Calico.Core.Net;

internal static class RouteParser
{
    // RTM_F_CLONED: an entry of the route cache, such as a learned path MTU; nobody's configuration.
    private const uint Cloned = 0x200;

    internal static RouteInfo? Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderSize.Route
            || payload[0] is not (Family.Ipv4 or Family.Ipv6)
            || (MemoryMarshal.Read<uint>(payload[8..]) & Cloned) != 0)
        {
            return null;
        }

        var size = payload[0] == Family.Ipv4 ? 4 : 16;
        IPAddress? destination = null, gateway = null, source = null;
        int? device = null;
        uint table = payload[4], metric = 0;
        List<NextHop> hops = [];
        foreach (var attribute in new NetlinkAttributes(payload[HeaderSize.Route..]))
        {
            switch (attribute.Type)
            {
                case RouteAttribute.Destination when attribute.Value.Length == size:
                    destination = new IPAddress(attribute.Value);
                    break;
                case RouteAttribute.OutputInterface:
                    device = attribute.AsInt32;
                    break;
                case RouteAttribute.Gateway or RouteAttribute.Via:
                    gateway = GatewayOf(attribute);
                    break;
                case RouteAttribute.Priority:
                    metric = attribute.AsUInt32;
                    break;
                case RouteAttribute.PreferredSource when attribute.Value.Length == size:
                    source = new IPAddress(attribute.Value);
                    break;
                case RouteAttribute.Multipath:
                    hops = NextHopsOf(attribute.Value);
                    break;
                case RouteAttribute.Table:
                    table = attribute.AsUInt32;
                    break;
            }
        }

        if (NetworkOf(destination ?? (size == 4 ? IPAddress.Any : IPAddress.IPv6Any), payload[1]) is not { } network)
        {
            return null;
        }

        return new RouteInfo
        {
            Destination = network,
            Gateway = hops.Count > 0 ? hops[0].Gateway : gateway,
            InterfaceIndex = hops.Count > 0 ? hops[0].InterfaceIndex : device,
            Protocol = payload[5],
            Scope = (RouteScope)payload[6],
            Type = (RouteType)payload[7],
            Table = table,
            Metric = metric,
            PreferredSource = source,
            FurtherNextHops = hops.Count > 1 ? hops[1..] : [],
        };
    }

    // IPNetwork throws for what is no network; one odd message must not end the reading of all the others.
    private static IPNetwork? NetworkOf(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        if (prefixLength > bytes.Length * 8)
        {
            return null;
        }

        for (var bit = prefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    private static IPAddress? GatewayOf(NetlinkAttribute attribute)
    {
        // RTA_VIA begins with the gateway's family, RTA_GATEWAY has the route's.
        var address = attribute.Type == RouteAttribute.Via && attribute.Value.Length > 2 ? attribute.Value[2..] : attribute.Value;
        return address.Length is 4 or 16 ? new IPAddress(address) : null;
    }

    private static List<NextHop> NextHopsOf(ReadOnlySpan<byte> bytes)
    {
        List<NextHop> hops = [];
        while (bytes.Length >= HeaderSize.NextHop)
        {
            var length = MemoryMarshal.Read<ushort>(bytes);
            if (length < HeaderSize.NextHop || length > bytes.Length)
            {
                break;
            }

            IPAddress? gateway = null;
            foreach (var attribute in new NetlinkAttributes(bytes[HeaderSize.NextHop..length]))
            {
                if (attribute.Type is RouteAttribute.Gateway or RouteAttribute.Via)
                {
                    gateway = GatewayOf(attribute);
                }
            }

            // The kernel counts weights from 0.
            hops.Add(new NextHop(MemoryMarshal.Read<int>(bytes[4..]), gateway, bytes[3] + 1));
            bytes = bytes[Math.Min(Alignment.Up(length), bytes.Length)..];
        }

        return hops;
    }
}
