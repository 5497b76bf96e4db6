using System.Net;
using Calico.Core.Net;

namespace Calico.Node.Tests.Net;

public sealed class RtNetlinkTests : IDisposable
{
    private readonly NamespacePair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void Links_are_those_of_the_namespace_in_which_the_client_was_made()
    {
        _pair.AddVeth();

        var names = _pair.Client.GetLinks().Select(link => link.Name);

        Assert.Equal(["lo", "near"], names.Order());
    }

    [Fact]
    public void A_veth_is_described_with_its_peer_in_the_other_namespace()
    {
        _pair.Near.Ip(
            $"link add near mtu 1400 address 02:00:00:00:00:aa type veth peer name far address 02:00:00:00:00:bb netns {_pair.Far.Name}",
            "link set near up");

        var link = _pair.Client.GetLink("near");

        Assert.NotNull(link);
        Assert.Equal("veth", link.Kind);
        Assert.Equal(MacAddress.Parse("02:00:00:00:00:aa"), link.Mac);
        Assert.Equal(1400, link.Mtu);
        Assert.True(link.Up);
        Assert.True(link.HasEthernetHeader);
        Assert.False(link.LoopBack);
        Assert.NotNull(link.PeerIndex);
        Assert.NotNull(link.PeerNetnsId);
        Assert.True(link.HasPeerElsewhere);
        Assert.Null(link.MasterIndex);
        Assert.Equal(link, _pair.Client.GetLink(link.Index));
    }

    [Fact]
    public void A_veth_with_both_ends_here_has_no_peer_elsewhere()
    {
        _pair.Near.Ip("link add one type veth peer name two", "link set two address 02:00:00:00:00:02");

        var one = _pair.Client.GetLink("one")!;

        Assert.Equal(_pair.Client.GetLink("two")!.Index, one.PeerIndex);
        Assert.Null(one.PeerNetnsId);
        Assert.False(one.HasPeerElsewhere);
        Assert.Equal(MacAddress.Parse("02:00:00:00:00:02"), _pair.Client.TryGetPeerMac(one));
    }

    [Fact]
    public void The_kernel_tells_the_mac_of_a_peer_in_another_namespace()
    {
        var link = _pair.AddVeth();
        _pair.Far.Ip("link set far address 02:00:00:00:12:34");

        Assert.Equal(MacAddress.Parse("02:00:00:00:12:34"), _pair.Client.TryGetPeerMac(link));
    }

    [Fact]
    public void A_veth_whose_peer_is_gone_and_a_link_that_is_no_veth_have_no_peer_mac()
    {
        var link = _pair.AddVeth();
        _pair.Far.Ip("link delete far");

        Assert.Null(_pair.Client.TryGetPeerMac(link));
        Assert.Null(_pair.Client.TryGetPeerMac(_pair.Client.GetLink("lo")!));
    }

    [Fact]
    public void Bridges_their_ports_and_devices_without_Ethernet_are_told_apart()
    {
        _pair.AddVeth();
        _pair.Near.Ip("link add br0 type bridge", "link set near master br0", "tuntap add name tun0 mode tun");

        var bridge = _pair.Client.GetLink("br0")!;
        var tun = _pair.Client.GetLink("tun0")!;

        Assert.Equal("bridge", bridge.Kind);
        Assert.Equal(bridge.Index, _pair.Client.GetLink("near")!.MasterIndex);
        Assert.Equal("tun", tun.Kind);
        Assert.False(tun.HasEthernetHeader);
        Assert.True(_pair.Client.GetLink("lo")!.LoopBack);
    }

    [Fact]
    public void A_link_that_is_not_there_is_null()
    {
        Assert.Null(_pair.Client.GetLink("absent"));
        Assert.Null(_pair.Client.GetLink(9999));
    }

    [Fact]
    public void Addresses_of_both_families_are_listed_with_prefix_and_scope()
    {
        var link = _pair.AddVeth();
        _pair.Near.Ip("addr add 10.1.2.3/24 dev near", "addr add fd00::3/64 dev near nodad", "addr add 169.254.7.7/32 dev near scope link");

        var addresses = _pair.Client.GetAddresses().Where(address => address.InterfaceIndex == link.Index).ToList();

        var v4 = Assert.Single(addresses, address => address.Address.Equals(IPAddress.Parse("10.1.2.3")));
        Assert.Equal(24, v4.PrefixLength);
        Assert.Equal(RouteScope.Universe, v4.Scope);
        var v6 = Assert.Single(addresses, address => address.Address.Equals(IPAddress.Parse("fd00::3")));
        Assert.Equal(64, v6.PrefixLength);
        Assert.True(v6.States.HasFlag(AddressStates.NoDuplicateDetection));
        Assert.Equal(RouteScope.Link, Assert.Single(addresses, address => address.PrefixLength == 32).Scope);
    }

    [Fact]
    public void A_neighbour_is_set_changed_and_deleted()
    {
        var link = _pair.AddVeth();
        var address = IPAddress.Parse("fd00::9");

        _pair.Client.ReplaceNeighbour(link.Index, address, MacAddress.Parse("02:00:00:00:00:01"));
        _pair.Client.ReplaceNeighbour(link.Index, address, MacAddress.Parse("02:00:00:00:00:02"));

        Assert.Contains("fd00::9 dev near lladdr 02:00:00:00:00:02 PERMANENT", _pair.Near.Run("ip", "neigh").Output, StringComparison.Ordinal);
        Assert.True(_pair.Client.DeleteNeighbour(link.Index, address));
        Assert.False(_pair.Client.DeleteNeighbour(link.Index, address));
    }

    [Fact]
    public void A_refusal_says_what_was_tried_and_what_the_kernel_said()
    {
        var refusal = Assert.Throws<NetlinkException>(() => _pair.Client.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse("10.9.0.0/16"),
            Gateway = IPAddress.Parse("192.0.2.1"),
        }));

        Assert.Equal("ENETUNREACH", refusal.ErrnoSymbol);
        Assert.Contains("add the route 10.9.0.0/16 via 192.0.2.1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Nexthop has invalid gateway", refusal.Message, StringComparison.Ordinal);
    }
}
