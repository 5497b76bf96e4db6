using System.Net;
using Calico.Core.Net;

namespace Calico.Node.Tests.Net;

public sealed class RtNetlinkRouteTests : IDisposable
{
    private const byte Protocol = 80;

    private readonly NamespacePair _pair = new();
    private readonly LinkInfo _link;

    public RtNetlinkRouteTests()
    {
        _link = _pair.AddVeth();
        _pair.Near.Ip("addr add 10.0.0.1/24 dev near", "addr add fd00::1/64 dev near nodad");
    }

    public void Dispose() => _pair.Dispose();

    [Theory]
    [InlineData("10.20.0.0/16", "10.0.0.2", "10.0.0.3")]
    [InlineData("fd20::/48", "fd00::2", "fd00::3")]
    [InlineData("10.20.0.0/16", "fd00::2", "fd00::3")]
    public void A_route_through_a_gateway_is_added_replaced_and_deleted(string destination, string gateway, string otherGateway)
    {
        var route = new RouteSpec { Destination = IPNetwork.Parse(destination), Gateway = IPAddress.Parse(gateway), Protocol = Protocol };

        _pair.Client.AddRoute(route);
        var added = Find(destination);
        Assert.Equal(IPAddress.Parse(gateway), added.Gateway);
        Assert.Equal(_link.Index, added.InterfaceIndex);
        Assert.Equal(Protocol, added.Protocol);
        Assert.Equal(RouteType.Unicast, added.Type);
        Assert.Equal(RouteScope.Universe, added.Scope);

        Assert.Equal("EEXIST", Assert.Throws<NetlinkException>(() => _pair.Client.AddRoute(route)).ErrnoSymbol);
        _pair.Client.ReplaceRoute(route with { Gateway = IPAddress.Parse(otherGateway) });
        Assert.Equal(IPAddress.Parse(otherGateway), Find(destination).Gateway);

        Assert.True(_pair.Client.DeleteRoute(route with { Gateway = null }));
        Assert.False(_pair.Client.DeleteRoute(route with { Gateway = null }));
        Assert.DoesNotContain(_pair.Client.GetRoutes(), found => found.Destination == IPNetwork.Parse(destination));
    }

    [Theory]
    [InlineData("10.91.1.1/32")]
    [InlineData("fd00:91:1::1/128")]
    public void A_route_to_a_workload_is_attached_to_its_interface(string destination)
    {
        _pair.Client.ReplaceRoute(new RouteSpec { Destination = IPNetwork.Parse(destination), InterfaceIndex = _link.Index, Protocol = Protocol });

        var route = Find(destination);

        Assert.Null(route.Gateway);
        Assert.Equal(_link.Index, route.InterfaceIndex);
        Assert.Equal(destination.Contains(':', StringComparison.Ordinal) ? RouteScope.Universe : RouteScope.Link, route.Scope);
    }

    [Theory]
    [InlineData("0.0.0.0/0", "169.254.1.1")]
    [InlineData("::/0", "fe80::1")]
    public void A_default_route_goes_to_a_gateway_that_no_route_leads_to(string destination, string gateway)
    {
        _pair.Client.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse(destination),
            Gateway = IPAddress.Parse(gateway),
            InterfaceIndex = _link.Index,
            OnLink = true,
        });

        Assert.Equal(IPAddress.Parse(gateway), Find(destination).Gateway);
    }

    [Fact]
    public void Another_maker_s_route_is_not_deleted()
    {
        _pair.Near.Ip("route add 10.30.0.0/16 via 10.0.0.2 proto static");
        var route = new RouteSpec { Destination = IPNetwork.Parse("10.30.0.0/16"), Protocol = Protocol };

        Assert.False(_pair.Client.DeleteRoute(route));
        Assert.True(_pair.Client.DeleteRoute(route with { Protocol = 0 }));
    }

    [Fact]
    public void Blackholes_metrics_sources_and_other_tables_are_kept_apart()
    {
        var blackhole = new RouteSpec { Destination = IPNetwork.Parse("10.91.1.0/26"), Type = RouteType.Blackhole, Protocol = Protocol };
        _pair.Client.AddRoute(blackhole);
        _pair.Client.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse("10.40.0.0/16"),
            InterfaceIndex = _link.Index,
            Metric = 77,
            Table = 1234,
            PreferredSource = IPAddress.Parse("10.0.0.1"),
        });

        Assert.Equal(RouteType.Blackhole, Find("10.91.1.0/26").Type);
        Assert.Null(Find("10.91.1.0/26").InterfaceIndex);
        Assert.DoesNotContain(_pair.Client.GetRoutes(), route => route.Table != RouteTable.Main);
        var other = Assert.Single(_pair.Client.GetRoutes(1234));
        Assert.Equal(77u, other.Metric);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), other.PreferredSource);
        Assert.Contains(_pair.Client.GetRoutes(table: null), route => route.Table == RouteTable.Local);
        Assert.True(_pair.Client.DeleteRoute(blackhole));
    }

    [Theory]
    [InlineData("10.50.0.0/16", "10.0.0.2", "10.0.0.3")]
    [InlineData("fd50::/32", "fd00::2", "fd00::3")]
    public void A_multipath_route_has_all_its_next_hops(string destination, string first, string second)
    {
        _pair.Near.Ip($"route add {destination} nexthop via {first} weight 2 nexthop via {second} weight 1");

        var route = Find(destination);

        Assert.Equal(IPAddress.Parse(first), route.Gateway);
        Assert.Equal(new NextHop(_link.Index, IPAddress.Parse(second), 1), Assert.Single(route.FurtherNextHops));
    }

    private RouteInfo Find(string destination) =>
        Assert.Single(_pair.Client.GetRoutes(), route => route.Destination == IPNetwork.Parse(destination));
}
