using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Who reaches whom, by which protocol.</summary>
[Collection(TwoNodes.Collection)]
public sealed class TrafficTests(TwoNodes nodes)
{
    private readonly DataplaneLab _lab = nodes.Lab;

    public static TheoryData<string, string, int> Ways() => Support.Ways.All();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_ping_is_answered(string from, string to, int family) =>
        Assert.True(_lab.Inside(from).CanPing(_lab.AddressOf(to, family)), _lab.Drops());

    [Theory]
    [MemberData(nameof(Ways))]
    public void Datagrams_go_there_and_back(string from, string to, int family)
    {
        using var udp = new UdpPair(_lab.Inside(from), _lab.Inside(to), _lab.AddressOf(to, family));

        Assert.True(udp.Exchange(), _lab.Drops());
        Assert.True(udp.Exchange(1400), _lab.Drops());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_connection_carries_every_byte(string from, string to, int family)
    {
        using var tcp = TcpConnection.Open(_lab.Inside(from), _lab.Inside(to), _lab.AddressOf(to, family));

        tcp.Exchange();
        tcp.Transfer(5_000_000);
        tcp.Exchange();
    }

    [Theory]
    [InlineData("n1/w2", 4, "on")]
    [InlineData("n1/w2", 4, "off")]
    [InlineData("n1/w2", 6, "on")]
    [InlineData("n1/w2", 6, "off")]
    [InlineData("n2/w1", 4, "on")]
    [InlineData("n2/w1", 4, "off")]
    [InlineData("n2/w1", 6, "on")]
    [InlineData("n2/w1", 6, "off")]
    public void A_large_transfer_arrives_whole_with_segmentation_by_the_device_and_without(string to, int family, string offload)
    {
        var (source, target) = (_lab.Inside("n1/w1"), _lab.Inside(to));
        source.Run("ethtool", "-K", "eth0", "tso", offload, "gso", offload);
        target.Run("ethtool", "-K", "eth0", "gro", offload);
        try
        {
            using var tcp = TcpConnection.Open(source, target, _lab.AddressOf(to, family));

            tcp.Transfer(50_000_000);
        }
        finally
        {
            source.Run("ethtool", "-K", "eth0", "tso", "on", "gso", "on");
        }
    }

    [Fact]
    public void No_agent_sees_a_problem() => Assert.All(_lab.Agents, agent => Assert.Empty(agent.Status().Problems));
}
