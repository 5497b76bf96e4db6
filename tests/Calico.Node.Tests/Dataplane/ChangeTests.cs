using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Workloads that move, and are made again.</summary>
[Collection(TwoNodes.Collection)]
public sealed class ChangeTests(TwoNodes nodes)
{
    private const string File = "mobile.yaml";

    private static readonly IPAddress s_mobile4 = IPAddress.Parse("10.91.77.1");
    private static readonly IPAddress s_mobile6 = IPAddress.Parse("fd00:91:77::1");

    private readonly DataplaneLab _lab = nodes.Lab;

    [Theory]
    [InlineData("n1/w1", 4)]
    [InlineData("n1/w1", 6)]
    [InlineData("n2/w1", 4)]
    [InlineData("n2/w1", 6)]
    public void A_workload_made_again_under_its_address_on_another_interface_is_reached_by_flows_old_and_new(string client, int family)
    {
        var address = family == 4 ? s_mobile4 : s_mobile6;
        using var first = Appear(1, "calimob1", $"first{family}");
        try
        {
            using var udp = new UdpPair(_lab.Inside(client), first, address);
            Eventually.True(() => udp.Exchange(), () => _lab.Drops() + first.Run("ip", "-s", "link", "show", "eth0").Output + first.Run("ip", "neigh").Output);

            _lab.Inside("n1").Ip("link delete calimob1");
            first.Delete();
            using var second = Appear(1, "calimob2", $"second{family}");
            using var same = new UdpPair(_lab.Inside(client), second, (IPEndPoint)udp.Server.LocalEndPoint!);
            Eventually.True(() => _lab.Agents[0].Interfaces().Any(iface => iface.Name == "calimob2" && iface.Endpoint is not null), "its endpoint is not known");
            Eventually.True(() => Arrives(udp, same), _lab.Drops);
            using var tcp = TcpConnection.Open(_lab.Inside(client), second, address);
            tcp.Exchange();
            tcp.Transfer(1_000_000);
        }
        finally
        {
            Disappear();
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_flow_follows_its_destination_to_another_interface_while_the_old_one_is_still_there(int family)
    {
        var address = family == 4 ? s_mobile4 : s_mobile6;
        using var first = Appear(1, "calimob1", $"old{family}");
        using var second = DataplaneLab.Join(_lab.Topology.Nodes[0], $"new{family}", "calimob2", s_mobile4, s_mobile6);
        try
        {
            using var udp = new UdpPair(_lab.Inside("n1/w1"), first, address);
            Eventually.True(() => udp.Exchange(), _lab.Drops);
            using var same = new UdpPair(_lab.Inside("n1/w1"), second, (IPEndPoint)udp.Server.LocalEndPoint!);

            Announce("n1", "calimob2");

            Eventually.True(() => Arrives(udp, same), _lab.Drops);
        }
        finally
        {
            Disappear();
        }
    }

    [Theory]
    [InlineData("n1/w1", 4)]
    [InlineData("n1/w1", 6)]
    [InlineData("n1", 4)]
    [InlineData("n2/w1", 4)]
    [InlineData("n2/w1", 6)]
    public void A_flow_follows_its_destination_to_another_node(string client, int family)
    {
        var address = family == 4 ? s_mobile4 : s_mobile6;
        using var here = Appear(1, "calimob1", $"here{family}");
        using var there = DataplaneLab.Join(_lab.Topology.Nodes[1], $"there{family}", "calimob1", s_mobile4, s_mobile6);
        try
        {
            using var udp = new UdpPair(_lab.Inside(client), here, address);
            Eventually.True(() => udp.Exchange(), _lab.Drops);
            using var same = new UdpPair(_lab.Inside(client), there, (IPEndPoint)udp.Server.LocalEndPoint!);

            Announce("n2", "calimob1");

            Eventually.True(() => Arrives(udp, same), _lab.Drops);

            Announce("n1", "calimob1");

            Eventually.True(() => Arrives(udp, udp), _lab.Drops);
        }
        finally
        {
            Disappear();
            _lab.Inside("n2").TryRun("ip", "link", "delete", "calimob1");
        }
    }

    private NetworkNamespace Appear(int node, string hostInterface, string name)
    {
        Announce($"n{node}", hostInterface);
        return DataplaneLab.Join(_lab.Topology.Nodes[node - 1], name, hostInterface, s_mobile4, s_mobile6);
    }

    private void Announce(string node, string hostInterface) =>
        _lab.Write(File, ResourceText.Endpoint("mobile", node, hostInterface, [$"{s_mobile4}/32", $"{s_mobile6}/128"]));

    private void Disappear()
    {
        _lab.Remove(File);
        foreach (var name in new[] { "calimob1", "calimob2" })
        {
            _lab.Inside("n1").TryRun("ip", "link", "delete", name);
        }
    }

    // Sent by one pair's client, received by the other's server, and an answer back: the same sockets' flow.
    private static bool Arrives(UdpPair sender, UdpPair receiver)
    {
        var message = Guid.NewGuid().ToByteArray();
        sender.Client.SendTo(message, receiver.Server.LocalEndPoint!);
        if (!receiver.Server.Poll(TimeSpan.FromMilliseconds(200), System.Net.Sockets.SelectMode.SelectRead))
        {
            return false;
        }

        EndPoint from = new IPEndPoint(sender.Client.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var buffer = new byte[100];
        receiver.Server.ReceiveFrom(buffer, ref from);
        receiver.Server.SendTo(message, from);
        if (!sender.Client.Poll(TimeSpan.FromMilliseconds(200), System.Net.Sockets.SelectMode.SelectRead))
        {
            return false;
        }

        sender.Client.Receive(buffer);
        return true;
    }
}
