using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Two nodes, two workloads each, an agent with the defaults on each node, and the fabric as a host outside.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    internal DataplaneLab Lab { get; } = new();

    public async ValueTask InitializeAsync() => await Lab.StartAgents();

    public ValueTask DisposeAsync()
    {
        Lab.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Who reaches whom, by which protocol.</summary>
public sealed class TrafficTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private readonly DataplaneLab _lab = nodes.Lab;

    public static TheoryData<string, string, int> Ways()
    {
        var ways = new TheoryData<string, string, int>();
        foreach (var family in new[] { 4, 6 })
        {
            ways.Add("n1/w1", "n1/w2", family);
            ways.Add("n1/w1", "n2/w1", family);
            ways.Add("n1/w1", "n1", family);
            ways.Add("n1", "n1/w1", family);
            ways.Add("n1/w1", "n2", family);
            ways.Add("n2", "n1/w1", family);
            ways.Add("n1/w1", "fabric", family);
            ways.Add("fabric", "n1/w1", family);
            ways.Add("n1", "n2", family);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_ping_is_answered(string from, string to, int family) =>
        Assert.True(Inside(from).CanPing(AddressOf(to, family)), Drops());

    [Theory]
    [MemberData(nameof(Ways))]
    public void Datagrams_go_there_and_back(string from, string to, int family)
    {
        using var udp = new UdpPair(Inside(from), Inside(to), AddressOf(to, family));

        Assert.True(udp.Exchange(), Drops());
        Assert.True(udp.Exchange(1400), Drops());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_connection_carries_every_byte(string from, string to, int family)
    {
        using var tcp = TcpConnection.Open(Inside(from), Inside(to), AddressOf(to, family));

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
        var (source, target) = (Inside("n1/w1"), Inside(to));
        source.Run("ethtool", "-K", "eth0", "tso", offload, "gso", offload);
        target.Run("ethtool", "-K", "eth0", "gro", offload);
        try
        {
            using var tcp = TcpConnection.Open(source, target, AddressOf(to, family));

            tcp.Transfer(50_000_000);
        }
        finally
        {
            source.Run("ethtool", "-K", "eth0", "tso", "on", "gso", "on");
        }
    }

    [Fact]
    public void Nothing_of_it_missed_a_call_and_no_agent_sees_a_problem() =>
        Assert.All(_lab.Agents, agent => Assert.Empty(agent.Status().Problems));

    private NetworkNamespace Inside(string who) => who == "fabric" ? _lab.Topology.Fabric
        : who.Contains('/', StringComparison.Ordinal) ? Workload(who).Namespace
        : _lab.Topology.Nodes.Single(node => node.Name == who).Namespace;

    private IPAddress AddressOf(string who, int family) => who == "fabric"
        ? family == 4 ? LabAddressing.Fabric4(0) : LabAddressing.Fabric6(0)
        : who.Contains('/', StringComparison.Ordinal) ? family == 4 ? Workload(who).Address4 : Workload(who).Address6
        : _lab.Topology.Nodes.Single(node => node.Name == who) is var node && family == 4 ? node.Address4 : node.Address6;

    private LabWorkload Workload(string who) => _lab.Topology.Workloads.Single(workload => $"{workload}" == who);

    private string Drops() => string.Join('\n', _lab.Agents.Select(agent => agent.AllDrops()));
}
