using System.Net;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>A plugin's stage in XDP, on the uplinks.</summary>
public sealed class XdpTests : IDisposable
{
    private readonly DataplaneLab _lab = new(nodes: 1, workloads: 1);

    [Fact]
    public async Task A_stage_in_xdp_drops_at_the_wire_and_goes_with_its_plugin()
    {
        var agent = _lab.Agents[0];
        foreach (var (mode, shown) in new[] { ("native", "xdp/"), ("generic", "xdpgeneric") })
        {
            await agent.StartAndWait(Options(mode));
            Assert.Contains(shown.Trim('/'), Link(), StringComparison.Ordinal);
            Assert.Equal(shown == "xdpgeneric", Link().Contains("xdpgeneric", StringComparison.Ordinal));
            foreach (var family in new[] { 4, 6 })
            {
                var to = _lab.AddressOf("n1/w1", family);
                using var closed = new UdpPair(_lab.Inside("fabric"), _lab.Inside("n1/w1"), new IPEndPoint(to, 7777));
                using var open = new UdpPair(_lab.Inside("fabric"), _lab.Inside("n1/w1"), new IPEndPoint(to, 7778));
                var before = agent.Drops("eth0", "UNWANTED_PORT");
                Assert.Null(closed.Send());
                Assert.Equal(before + 1, agent.Drops("eth0", "UNWANTED_PORT"));
                Assert.True(open.Exchange(), agent.AllDrops());
                using var tcp = TcpConnection.Open(_lab.Inside("fabric"), _lab.Inside("n1/w1"), to);
                tcp.Transfer(5_000_000);
            }

            await agent.Stop();
            await agent.StartAndWait(new AgentOptions());
            Assert.DoesNotContain("xdp", Link(), StringComparison.Ordinal);
            using var again = new UdpPair(_lab.Inside("fabric"), _lab.Inside("n1/w1"), new IPEndPoint(_lab.AddressOf("n1/w1", 4), 7777));
            Assert.True(again.Exchange(), agent.AllDrops());
            await agent.Stop();
        }
    }

    public void Dispose() => _lab.Dispose();

    private static AgentOptions Options(string mode) => new()
    {
        More = $"attach: {{ xdp: {mode} }}",
        Plugins = [Built.FlowCounters, $"{{ folder: {Built.TestPlugin("Acme.Wire")}, options: {{ port: 7777 }} }}"],
    };

    private string Link() => _lab.Inside("n1").Run("ip", "link", "show", "eth0").Output;
}
