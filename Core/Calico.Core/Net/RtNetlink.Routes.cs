using System.Net;
using System.Runtime.InteropServices;

namespace Calico.Core.Net;

public sealed partial class RtNetlink
{
    // RTNH_F_ONLINK
    private const uint OnLink = 4;

    /// <summary>The routes of one table, IPv4 and IPv6; of all tables if <paramref name="table"/> is null.</summary>
    public IReadOnlyList<RouteInfo> GetRoutes(uint? table = RouteTable.Main)
    {
        var request = new NetlinkRequest(MessageType.GetRoute, MessageFlags.Dump);
        request.Header(HeaderSize.Route);
        var routes = _connection.Dump(request, MessageType.NewRoute, RouteParser.Parse, "list the routes");
        return table is null ? routes : [.. routes.Where(route => route.Table == table)];
    }

    /// <summary>Adds a route; an error if one with the same destination, table and metric is there.</summary>
    public void AddRoute(RouteSpec route) => Write(route, MessageFlags.Create | MessageFlags.Exclusive, "add");

    /// <summary>Adds a route, in place of one with the same destination, table and metric.</summary>
    public void ReplaceRoute(RouteSpec route) => Write(route, MessageFlags.Create | MessageFlags.Replace, "replace");

    /// <summary>Deletes a route that agrees with all that is given; false if there is none.</summary>
    public bool DeleteRoute(RouteSpec route)
    {
        ArgumentNullException.ThrowIfNull(route);
        // "Nowhere" is the kernel's word for "any scope" here.
        var request = Route(MessageType.DeleteRoute, MessageFlags.None, route, route.Scope ?? RouteScope.Nowhere);
        return TryChange(request, ErrnoName.NoProcess, $"delete the route {route}");
    }

    private void Write(RouteSpec route, MessageFlags flags, string verb)
    {
        ArgumentNullException.ThrowIfNull(route);
        var attached = route is { Gateway: null, Type: RouteType.Unicast };
        var request = Route(MessageType.NewRoute, flags, route, route.Scope ?? (attached ? RouteScope.Link : RouteScope.Universe));
        _connection.Change(request, $"{verb} the route {route}");
    }

    private static NetlinkRequest Route(MessageType type, MessageFlags flags, RouteSpec route, RouteScope scope)
    {
        var request = new NetlinkRequest(type, flags | MessageFlags.Acknowledge);
        var destination = route.Destination.BaseAddress;
        var header = request.Header(HeaderSize.Route);
        header[0] = NetlinkRequest.AddressFamilyOf(destination);
        header[1] = (byte)route.Destination.PrefixLength;
        header[4] = 0; // the table stands in an attribute, which has room for large numbers
        header[5] = route.Protocol;
        header[6] = (byte)scope;
        header[7] = (byte)route.Type;
        MemoryMarshal.Write(header[8..], route.OnLink ? OnLink : 0);
        request.Attribute(RouteAttribute.Table, route.Table);
        request.Attribute(RouteAttribute.Destination, destination);
        if (route.Gateway is { } gateway)
        {
            if (gateway.AddressFamily == destination.AddressFamily)
            {
                request.Attribute(RouteAttribute.Gateway, gateway);
            }
            else
            {
                request.Via(gateway);
            }
        }

        if (route.InterfaceIndex is { } index)
        {
            request.Attribute(RouteAttribute.OutputInterface, index);
        }

        if (route.Metric is { } metric)
        {
            request.Attribute(RouteAttribute.Priority, metric);
        }

        if (route.PreferredSource is { } source)
        {
            request.Attribute(RouteAttribute.PreferredSource, source);
        }

        return request;
    }
}
