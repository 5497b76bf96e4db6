using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>What a workload may not send, and what nobody may send to it.</summary>
[Collection(TwoNodes.Collection)]
public sealed class SourceTests(TwoNodes nodes)
{
    private static readonly IPAddress s_foreign4 = IPAddress.Parse("198.51.100.7");
    private static readonly IPAddress s_foreign6 = IPAddress.Parse("2001:db8:5::7");

    private readonly DataplaneLab _lab = nodes.Lab;

    private AgentUnderTest Agent => _lab.Agents[0];

    [Theory]
    [InlineData("n1/w2", 4)]
    [InlineData("n1/w2", 6)]
    [InlineData("n2/w1", 4)]
    [InlineData("n2/w1", 6)]
    [InlineData("n1", 4)]
    [InlineData("n1", 6)]
    public void A_source_that_is_not_the_workloads_own_is_dropped_and_counted_unless_it_was_granted(string to, int family)
    {
        var sender = _lab.Named("n1/w1");
        var foreign = family == 4 ? s_foreign4 : s_foreign6;
        var alien = $"addr {{0}} {foreign}/{(family == 4 ? 32 : 128)} dev eth0{(family == 4 ? "" : " nodad")}";
        sender.Namespace.Ip(alien.Replace("{0}", "add", StringComparison.Ordinal));
        try
        {
            using var udp = new UdpPair(sender.Namespace, _lab.Inside(to), _lab.AddressOf(to, family));
            udp.Client.Bind(new IPEndPoint(foreign, 0));
            var before = Agent.Drops(sender.HostInterface, "SPOOFED_SOURCE");
            Assert.Null(udp.Send());
            Assert.True(Agent.Drops(sender.HostInterface, "SPOOFED_SOURCE") > before, Agent.AllDrops());

            _lab.Announce(sender, """allowSpoofedSourcePrefixes: ["198.51.100.0/24", "2001:db8:5::/48"]""");
            Eventually.True(() => udp.Send()?.Address.Equals(foreign) == true, _lab.Drops);

            _lab.Announce(sender);
            using var later = new UdpPair(sender.Namespace, _lab.Inside(to), _lab.AddressOf(to, family));
            later.Client.Bind(new IPEndPoint(foreign, 0));
            Eventually.True(() => later.Send() is null, "what was granted is still granted");
        }
        finally
        {
            _lab.Announce(sender);
            sender.Namespace.Ip($"addr del {foreign}/{(family == 4 ? 32 : 128)} dev eth0");
        }
    }

    [Fact]
    public void What_was_granted_and_is_no_more_ends_for_flows_that_run()
    {
        var sender = _lab.Named("n1/w1");
        sender.Namespace.Ip($"addr add {s_foreign4}/32 dev eth0");
        _lab.Announce(sender, """allowSpoofedSourcePrefixes: ["198.51.100.0/24"]""");
        try
        {
            using var udp = new UdpPair(sender.Namespace, _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
            udp.Client.Bind(new IPEndPoint(s_foreign4, 0));
            Eventually.True(() => udp.Send() is not null, _lab.Drops);

            _lab.Announce(sender);

            Eventually.True(() => udp.Send() is null, "the flow goes on");
        }
        finally
        {
            _lab.Announce(sender);
            sender.Namespace.Ip($"addr del {s_foreign4}/32 dev eth0");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_workload_without_an_endpoint_reaches_nobody_and_is_reached_by_nobody(int family)
    {
        var alone = _lab.Named("n1/w2");
        var address = _lab.AddressOf("n1/w2", family);
        Assert.True(alone.Namespace.CanPing(_lab.AddressOf("n1/w1", family)), _lab.Drops());
        _lab.Withdraw(alone);
        try
        {
            Eventually.True(() => alone.Namespace.Ping(_lab.AddressOf("n1/w1", family)).ExitCode != 0, "it still reaches its neighbour");
            Assert.NotEqual(0, alone.Namespace.Ping(_lab.AddressOf("n2/w1", family)).ExitCode);
            Assert.NotEqual(0, alone.Namespace.Ping(_lab.AddressOf("n1", family)).ExitCode);
            Assert.NotEqual(0, alone.Namespace.Ping(_lab.AddressOf("fabric", family)).ExitCode);
            Assert.NotEqual(0, _lab.Inside("n1/w1").Ping(address).ExitCode);
            Assert.NotEqual(0, _lab.Inside("n2/w1").Ping(address).ExitCode);
            Assert.NotEqual(0, _lab.Inside("n1").Ping(address).ExitCode);
        }
        finally
        {
            _lab.Announce(alone);
        }

        Eventually.True(() => alone.Namespace.Ping(_lab.AddressOf("n1/w1", family)).ExitCode == 0, _lab.Drops);
    }

    [Fact]
    public void What_is_neither_ip_nor_arp_is_dropped_with_a_reason()
    {
        var sender = _lab.Named("n1/w1");
        var before = Agent.Drops(sender.HostInterface, "UNSUPPORTED_PROTOCOL");
        using var wire = new PacketSocket(sender.Namespace);

        wire.Send([.. PacketSocket.Broadcast, .. Mac(sender), 0x88, 0xcc, .. new byte[46]]);

        Eventually.True(() => Agent.Drops(sender.HostInterface, "UNSUPPORTED_PROTOCOL") == before + 1, Agent.AllDrops);
    }

    private static byte[] Mac(LabWorkload workload)
    {
        var mac = new byte[6];
        workload.Mac.CopyTo(mac);
        return mac;
    }
}
