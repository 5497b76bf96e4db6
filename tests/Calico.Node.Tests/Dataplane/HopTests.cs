using System.Text.RegularExpressions;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Packets that are too old or too large to be sent on.</summary>
[Collection(TwoNodes.Collection)]
public sealed partial class HopTests(TwoNodes nodes)
{
    private readonly DataplaneLab _lab = nodes.Lab;

    [Theory]
    [InlineData("n1/w2", 4, 1)]
    [InlineData("n1/w2", 6, 1)]
    [InlineData("n2/w1", 4, 1)]
    [InlineData("n2/w1", 6, 1)]
    [InlineData("n2/w1", 4, 2)]
    [InlineData("n2/w1", 6, 2)]
    public void Where_the_hops_run_out_the_node_says_so(string to, int family, int hops)
    {
        var said = "";
        Eventually.True(() => (said = Ping(to, family, "-t", $"{hops}").Output).Contains("exceeded", StringComparison.Ordinal), () => said + _lab.Drops());
        Assert.True(_lab.Inside("n1/w1").CanPing(_lab.AddressOf(to, family), "-t", to == "n1/w2" ? "2" : "3"), _lab.Drops());
        if (family == 4)
        {
            Assert.Contains($"From {_lab.AddressOf($"n{hops}", 4)}", said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_packet_larger_than_the_next_hop_takes_is_answered_with_the_size_that_it_takes(int family) => WithNarrowUplink(() =>
    {
        var said = "";
        Eventually.True(() => Told().IsMatch(said = Ping("n2/w1", family, "-M", "do", "-s", "1430").Output), () => said + _lab.Drops());
    });

    [Theory]
    [InlineData(4, "on")]
    [InlineData(4, "off")]
    [InlineData(6, "on")]
    [InlineData(6, "off")]
    public void A_connection_finds_the_size_of_a_narrow_way_and_goes_through(int family, string offload) => WithNarrowUplink(() =>
    {
        var source = _lab.Inside("n1/w1");
        source.Run("ethtool", "-K", "eth0", "tso", offload, "gso", offload);
        try
        {
            using var tcp = TcpConnection.Open(source, _lab.Inside("n2/w1"), _lab.AddressOf("n2/w1", family));
            tcp.Transfer(5_000_000);
        }
        finally
        {
            source.Run("ethtool", "-K", "eth0", "tso", "on", "gso", "on");
        }
    });

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_workload_with_a_smaller_size_than_its_neighbours_is_reached(int family)
    {
        var narrow = _lab.Named("n1/w2");
        SetMtu(1300);
        try
        {
            var said = "";
            Eventually.True(() => NarrowTold().IsMatch(said = Ping("n1/w2", family, "-M", "do", "-s", "1400").Output), () => said + _lab.Drops());
            using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), narrow.Namespace, _lab.AddressOf("n1/w2", family));
            tcp.Transfer(2_000_000);
        }
        finally
        {
            SetMtu(1500);
            ForgetSizes();
        }

        void SetMtu(int mtu)
        {
            _lab.Inside("n1").Ip($"link set {narrow.HostInterface} mtu {mtu}");
            narrow.Namespace.Ip($"link set eth0 mtu {mtu}");
        }
    }

    [Fact]
    public void A_datagram_that_may_be_fragmented_is_fragmented_on_its_way() => WithNarrowUplink(() =>
    {
        using var udp = new UdpPair(_lab.Inside("n1/w1"), _lab.Inside("fabric"), _lab.AddressOf("fabric", 4));
        udp.Client.DontFragment = false;

        Eventually.True(() => udp.Send(1430) is not null, _lab.Drops);
    });

    [Theory]
    [InlineData("n1/w2", 4)]
    [InlineData("n1/w2", 6)]
    public void Later_fragments_are_dropped_with_a_reason(string to, int family)
    {
        var agent = _lab.Agents[0];
        var iface = _lab.Named("n1/w1").HostInterface;
        var before = agent.Drops(iface, "FRAGMENT");
        using var udp = new UdpPair(_lab.Inside("n1/w1"), _lab.Inside(to), _lab.AddressOf(to, family));

        Assert.Null(udp.Send(3000));

        Assert.True(agent.Drops(iface, "FRAGMENT") > before, agent.AllDrops());
    }

    [GeneratedRegex("mtu ?= ?1400")]
    private static partial Regex Told();

    [GeneratedRegex("mtu ?= ?1300")]
    private static partial Regex NarrowTold();

    private CommandResult Ping(string to, int family, params string[] more) => _lab.Inside("n1/w1").Ping(_lab.AddressOf(to, family), more);

    private void WithNarrowUplink(Action act)
    {
        _lab.Inside("n1").Ip("link set eth0 mtu 1400");
        try
        {
            ForgetSizes();
            act();
        }
        finally
        {
            _lab.Inside("n1").Ip("link set eth0 mtu 1500");
            ForgetSizes();
        }
    }

    private void ForgetSizes()
    {
        foreach (var inside in new[] { "n1/w1", "n1/w2", "n2/w1", "n1", "n2", "fabric" }.Select(_lab.Inside))
        {
            inside.Run("ip", "-4", "route", "flush", "cache");
            inside.Run("ip", "-6", "route", "flush", "cache");
        }
    }
}
