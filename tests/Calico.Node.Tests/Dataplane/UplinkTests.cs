using System.Globalization;
using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Nodes with two uplinks, between which routes move.</summary>
public sealed class UplinkTests : IDisposable
{
    private readonly DataplaneLab _lab = new(workloads: 1, secondUplink: true);

    [Fact]
    public async Task Connections_go_on_when_their_route_moves_to_the_other_uplink()
    {
        await _lab.StartAgents();
        foreach (var family in new[] { 4, 6 })
        {
            // 1. to a host outside, by a route that somebody else keeps
            var outside = IPAddress.Parse(family == 4 ? "203.0.113.1" : "2001:db8:113::1");
            _lab.Inside("fabric").Ip($"addr add {outside}/{(family == 4 ? 32 : 128)} dev lo{(family == 4 ? "" : " nodad")}");
            Route("n1", $"{outside}", Fabric(0, family));
            using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("fabric"), outside);
            tcp.Exchange();
            tcp.Transfer(1_000_000);
            var (first, second) = (Sent("eth0"), Sent("eth1"));

            Route("n1", $"{outside}", Fabric(1, family));
            Eventually.True(() => { tcp.Transfer(100_000); return Sent("eth1") > second + 50_000; }, () => $"eth0 {first} → {Sent("eth0")}, eth1 {second} → {Sent("eth1")}");
            tcp.Exchange();

            // 2. the way back moves too
            Route("fabric", $"{_lab.AddressOf("n1/w1", family)}", Uplink(1, 1, family));
            tcp.Exchange();
            tcp.Transfer(1_000_000);
            using (var reverse = TcpConnection.Open(_lab.Inside("fabric"), _lab.Inside("n1/w1"), _lab.AddressOf("n1/w1", family)))
            {
                reverse.Transfer(1_000_000);
            }

            // 3. and back
            Route("n1", $"{outside}", Fabric(0, family));
            var before = Sent("eth0");
            Eventually.True(() => { tcp.Transfer(100_000); return Sent("eth0") > before + 50_000; }, "it stays on the second uplink");
        }
    }

    [Fact]
    public async Task Connections_go_on_when_the_other_node_gets_another_address()
    {
        await _lab.StartAgents();
        using var tcp4 = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n2/w1"), _lab.AddressOf("n2/w1", 4));
        using var tcp6 = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n2/w1"), _lab.AddressOf("n2/w1", 6));
        tcp4.Exchange();
        tcp6.Exchange();
        var before = Sent("eth1");

        foreach (var number in new[] { 1, 2 })
        {
            _lab.Write($"n{number}.yaml", ResourceText.Node($"n{number}", $"{LabAddressing.Uplink4(1, number)}", $"{LabAddressing.Uplink6(1, number)}"));
        }

        Eventually.True(() => { tcp4.Transfer(100_000); return Sent("eth1") > before + 50_000; }, "IPv4 stays on the first uplink");
        before = Sent("eth1");
        Eventually.True(() => { tcp6.Transfer(100_000); return Sent("eth1") > before + 50_000; }, "IPv6 stays on the first uplink");
        tcp4.Exchange();
        tcp6.Exchange();
        Assert.All(_lab.Agents, agent => Assert.Empty(agent.Status().Problems));
    }

    public void Dispose() => _lab.Dispose();

    private static IPAddress Fabric(int uplink, int family) => family == 4 ? LabAddressing.Fabric4(uplink) : LabAddressing.Fabric6(uplink);

    private static IPAddress Uplink(int uplink, int node, int family) => family == 4 ? LabAddressing.Uplink4(uplink, node) : LabAddressing.Uplink6(uplink, node);

    private void Route(string who, string destination, IPAddress via) => _lab.Inside(who).Run("ip", "route", "replace", destination, "via", $"{via}");

    private long Sent(string uplink) => long.Parse(
        _lab.Inside("n1").Run("ip", "-s", "-j", "link", "show", uplink).Output.Split("\"tx\":{\"bytes\":")[1].Split(',')[0], CultureInfo.InvariantCulture);
}
