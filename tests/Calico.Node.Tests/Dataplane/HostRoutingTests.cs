using System.Net;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary><c>hostRouting: true</c>: everything goes through the host's stack, where other people's rules see it.</summary>
public sealed class HostRoutingTests : IDisposable
{
    private readonly DataplaneLab _lab = new();

    [Fact]
    public async Task Everybody_reaches_everybody_and_the_hosts_masquerading_works()
    {
        await _lab.StartAgents(new AgentOptions { More = "hostRouting: true\ndhcp: true" });
        Ways.AssertAll(_lab);

        var node = _lab.Inside("n1");
        node.Run("nft", "add table inet lab");
        node.Run("nft", "add chain inet lab post { type nat hook postrouting priority srcnat; }");
        node.Run("nft", "add rule inet lab post oifname eth0 masquerade");
        foreach (var family in new[] { 4, 6 })
        {
            using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("fabric"), _lab.AddressOf("fabric", family));
            tcp.Exchange();
            tcp.Transfer(2_000_000);
            Assert.Equal(_lab.AddressOf("n1", family), ((IPEndPoint)tcp.Server.RemoteEndPoint!).Address);
            using var udp = new UdpPair(_lab.Inside("n1/w1"), _lab.Inside("fabric"), _lab.AddressOf("fabric", family));
            Assert.True(udp.Exchange(), _lab.Drops());
        }

        // a rule of the host's own is obeyed, between workloads too
        node.Run("nft", "add chain inet lab passing { type filter hook forward priority filter; }");
        node.Run("nft", "add rule inet lab passing udp dport 4321 drop");
        using var refused = new UdpPair(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), new IPEndPoint(_lab.AddressOf("n1/w2", 4), 4321));
        Assert.Null(refused.Send());
        Assert.All(_lab.Agents, agent => Assert.Empty(agent.Status().Problems));
    }

    [Fact]
    public async Task With_dhcp_allowed_a_workload_without_an_address_reaches_the_nodes_server()
    {
        var workload = _lab.Named("n1/w1");
        await _lab.Agents[0].StartAndWait(new AgentOptions { More = "dhcp: true" });
        using var server = DhcpRequest.Server(_lab.Inside("n1"));
        using var wire = new PacketSocket(workload.Namespace);
        var mac = new byte[6];
        workload.Mac.CopyTo(mac);

        wire.Send(DhcpRequest.Frame(mac));

        Assert.True(server.Poll(TimeSpan.FromSeconds(2), System.Net.Sockets.SelectMode.SelectRead), _lab.Agents[0].AllDrops());
    }

    public void Dispose() => _lab.Dispose();
}
