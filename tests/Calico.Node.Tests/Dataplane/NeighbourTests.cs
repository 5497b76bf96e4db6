using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>How a workload finds its gateway.</summary>
[Collection(TwoNodes.Collection)]
public sealed class NeighbourTests(TwoNodes nodes)
{
    private readonly DataplaneLab _lab = nodes.Lab;

    private LabWorkload Workload => _lab.Named("n1/w1");

    [Theory]
    [InlineData("169.254.1.1")]
    [InlineData("10.91.1.2")]
    [InlineData("10.91.2.1")]
    [InlineData("203.0.113.99")]
    public void The_host_answers_for_every_address_with_the_mac_of_its_side(string target)
    {
        using var wire = new PacketSocket(Workload.Namespace);

        wire.Send(Request(Workload.Address4, IPAddress.Parse(target)));

        var answer = wire.Receive(frame => IsReplyFor(frame, target));
        Assert.NotNull(answer);
        Assert.Equal(Bytes(LabAddressing.HostSideMac), answer[6..12]);
        Assert.Equal(Bytes(LabAddressing.HostSideMac), answer[22..28]);
        Assert.Equal(Workload.Address4.GetAddressBytes(), answer[38..42]);
    }

    [Fact]
    public void A_probe_for_a_duplicate_of_its_own_address_stays_unanswered()
    {
        using var wire = new PacketSocket(Workload.Namespace);

        wire.Send(Request(IPAddress.Any, Workload.Address4));
        wire.Send(Request(Workload.Address4, Workload.Address4));

        Assert.Null(wire.Receive(frame => IsReplyFor(frame, $"{Workload.Address4}")));
    }

    [Fact]
    public void Over_ipv6_the_hosts_link_local_address_is_found_and_answers()
    {
        Workload.Namespace.Run("ip", "-6", "neigh", "flush", "all");

        Assert.True(Workload.Namespace.CanPing(_lab.AddressOf("n2/w1", 6)), _lab.Drops());

        Assert.Contains($"lladdr {LabAddressing.HostSideMac}", Workload.Namespace.Run("ip", "-6", "neigh", "show", $"{LabAddressing.WorkloadGateway6}", "dev", "eth0").Output, StringComparison.Ordinal);
        Assert.Equal(0, Workload.Namespace.TryRun("ping", "-n", "-c", "1", "-W", "2", $"{LabAddressing.WorkloadGateway6}%eth0").ExitCode);
    }

    [Fact]
    public void After_its_neighbour_table_is_emptied_a_workload_finds_its_way_again()
    {
        Workload.Namespace.Ip("neigh flush all");

        Assert.True(Workload.Namespace.CanPing(_lab.AddressOf("fabric", 4)), _lab.Drops());
    }

    [Fact]
    public void Without_dhcp_allowed_a_request_is_dropped()
    {
        var before = _lab.Agents[0].Drops(Workload.HostInterface, "SPOOFED_SOURCE");
        using var server = DhcpRequest.Server(_lab.Inside("n1"));
        using var wire = new PacketSocket(Workload.Namespace);

        wire.Send(DhcpRequest.Frame(Bytes(Workload.Mac)));

        Assert.False(server.Poll(TimeSpan.FromMilliseconds(500), System.Net.Sockets.SelectMode.SelectRead));
        Assert.Equal(before + 1, _lab.Agents[0].Drops(Workload.HostInterface, "SPOOFED_SOURCE"));
    }

    private byte[] Request(IPAddress sender, IPAddress target) =>
    [
        .. PacketSocket.Broadcast, .. Bytes(Workload.Mac), 0x08, 0x06,
        0, 1, 8, 0, 6, 4, 0, 1, .. Bytes(Workload.Mac), .. sender.GetAddressBytes(), 0, 0, 0, 0, 0, 0, .. target.GetAddressBytes(),
    ];

    private static bool IsReplyFor(byte[] frame, string target) =>
        frame.Length >= 42 && frame[12] == 0x08 && frame[13] == 0x06 && frame[21] == 2
        && frame.AsSpan(28, 4).SequenceEqual(IPAddress.Parse(target).GetAddressBytes());

    private static byte[] Bytes(Calico.Core.Net.MacAddress mac)
    {
        var bytes = new byte[6];
        mac.CopyTo(bytes);
        return bytes;
    }
}
