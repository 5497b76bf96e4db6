using System.Net;
using System.Net.Sockets;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Other people's destination translation on the node: a port of the node leads to a workload.</summary>
[Collection(TwoNodes.Collection)]
public sealed class TranslationTests(TwoNodes nodes) : IDisposable
{
    private const int NodePort = 8080;
    private const int WorkloadPort = 80;

    private readonly DataplaneLab _lab = nodes.Lab;

    private NetworkNamespace Node => _lab.Inside("n1");

    public static TheoryData<string, int> Clients()
    {
        var clients = new TheoryData<string, int>();
        foreach (var client in new[] { "fabric", "n2", "n2/w1", "n1/w2" })
        {
            clients.Add(client, 4);
            clients.Add(client, 6);
        }

        return clients;
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void By_nftables_a_port_of_the_node_leads_to_a_workload(string client, int family)
    {
        var target = _lab.Named("n1/w1");
        Node.Run("nft", "add table inet lab");
        Node.Run("nft", "add chain inet lab pre { type nat hook prerouting priority dstnat; }");
        Node.Run("nft", $"add rule inet lab pre ip daddr {_lab.AddressOf("n1", 4)} meta l4proto {{ tcp, udp }} th dport {NodePort} dnat ip to {target.Address4}:{WorkloadPort}");
        Node.Run("nft", $"add rule inet lab pre ip6 daddr {_lab.AddressOf("n1", 6)} meta l4proto {{ tcp, udp }} th dport {NodePort} dnat ip6 to [{target.Address6}]:{WorkloadPort}");

        AssertReached(client, family);
    }

    [Theory]
    [InlineData("fabric", 4)]
    [InlineData("fabric", 6)]
    [InlineData("n2/w1", 4)]
    public void By_iptables_a_port_of_the_node_leads_to_a_workload(string client, int family)
    {
        var target = _lab.AddressOf("n1/w1", family);
        Node.Run(
            family == 4 ? "iptables" : "ip6tables", "-t", "nat", "-A", "PREROUTING", "-d", $"{_lab.AddressOf("n1", family)}", "-p", "tcp",
            "--dport", $"{NodePort}", "-j", "DNAT", "--to-destination", $"{new IPEndPoint(target, WorkloadPort)}");

        AssertReached(client, family, udp: false);
    }

    public void Dispose()
    {
        Node.TryRun("nft", "delete table inet lab");
        Node.TryRun("iptables", "-t", "nat", "-F");
        Node.TryRun("ip6tables", "-t", "nat", "-F");
    }

    private void AssertReached(string client, int family, bool udp = true)
    {
        var node = new IPEndPoint(_lab.AddressOf("n1", family), NodePort);
        var workload = new IPEndPoint(_lab.AddressOf("n1/w1", family), WorkloadPort);
        using var tcp = TcpConnection.Open(_lab.Inside(client), _lab.Inside("n1/w1"), workload, node);
        tcp.Exchange();
        tcp.Transfer(5_000_000);
        Assert.Equal(_lab.AddressOf(client, family), ((IPEndPoint)tcp.Server.RemoteEndPoint!).Address);
        if (!udp)
        {
            return;
        }

        using var datagrams = new UdpPair(_lab.Inside(client), _lab.Inside("n1/w1"), workload);
        Span<byte> buffer = stackalloc byte[16];
        datagrams.Client.SendTo("ask"u8, node);
        EndPoint from = new IPEndPoint(family == 4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
        Assert.Equal(3, datagrams.Server.ReceiveFrom(buffer, ref from));
        datagrams.Server.SendTo("answer"u8, from);
        Assert.Equal(6, datagrams.Client.ReceiveFrom(buffer, ref from));
        Assert.Equal(node, from);
    }
}
