using System.Net;
using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Lab;

public sealed class LabTopologyTests
{
    [Fact]
    public void Workloads_are_joined_to_their_node_by_veths_with_the_expected_ends()
    {
        using var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-ends", Nodes = 1, WorkloadsPerNode = 2 });
        var node = Assert.Single(lab.Nodes);
        using var client = node.Namespace.Enter(() => new RtNetlink());

        var workload = node.Workloads[1];
        var link = client.GetLink(workload.HostInterface);

        Assert.NotNull(link);
        Assert.Equal("calin1w2", link.Name);
        Assert.True(link.Up);
        Assert.True(link.HasPeerElsewhere);
        Assert.Equal(LabAddressing.HostSideMac, link.Mac);
        Assert.Equal(workload.Mac, client.TryGetPeerMac(link));
        Assert.Equal(IPAddress.Parse("10.91.1.2"), workload.Address4);
        Assert.Equal(IPAddress.Parse("fd00:91:1::2"), workload.Address6);
        var gateway = Assert.Single(client.GetAddresses(), address => address.InterfaceIndex == link.Index);
        Assert.Equal(LabAddressing.WorkloadGateway6, gateway.Address);
        Assert.False(gateway.States.HasFlag(AddressStates.Tentative));
    }

    [Fact]
    public void Nothing_is_forwarded_until_it_is_asked_for()
    {
        using var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-still", WorkloadsPerNode = 1 });

        var ping = lab.Nodes[0].Workloads[0].Namespace.TryRun("ping", "-c", "1", "-W", "1", lab.Nodes[1].Workloads[0].Address4.ToString());

        Assert.NotEqual(0, ping.ExitCode);
        lab.Nodes[0].Namespace.Run("ping", "-c", "1", "-W", "5", lab.Nodes[1].Address4.ToString());
        lab.Nodes[0].Namespace.Run("ping", "-c", "1", "-W", "5", lab.Nodes[1].Address6.ToString());
    }

    [Fact]
    public void A_second_uplink_is_a_network_of_its_own()
    {
        using var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-twin", WorkloadsPerNode = 0, SecondUplink = true });

        Assert.Equal(["eth0", "eth1"], lab.Nodes[0].Uplinks);
        lab.Nodes[0].Namespace.Run("ping", "-c", "1", "-W", "5", "-I", "eth1", LabAddressing.Uplink4(1, 2).ToString());
        lab.Nodes[0].Namespace.Run("ping", "-c", "1", "-W", "5", LabAddressing.Uplink6(1, 2).ToString());
    }

    [Fact]
    public async Task A_new_workload_s_interface_is_reported_in_its_node()
    {
        using var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-news", Nodes = 1, WorkloadsPerNode = 0 });
        using var monitor = lab.Nodes[0].Namespace.Enter(() => new NetlinkMonitor());

        var workload = lab.AddWorkload(lab.Nodes[0], "a-name-too-long-for-an-interface");

        Assert.Equal(15, workload.HostInterface.Length);
        await foreach (var change in monitor.Events.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (change is LinkChanged { Link: { Up: true } link } && link.Name == workload.HostInterface)
            {
                Assert.Equal("veth", link.Kind);
                return;
            }
        }
    }

    [Fact]
    public void Destroying_removes_every_namespace_and_process()
    {
        var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-end", Nodes = 1, WorkloadsPerNode = 1 });
        var process = lab.Start(lab.Nodes[0].Namespace, "sleep", "1000");

        lab.Destroy();

        Assert.True(process.HasExited);
        Assert.DoesNotContain("calico-net-end-", NetworkNamespaces(), StringComparison.Ordinal);
        Assert.False(Directory.Exists("/run/calico-sdk-lab/calico-net-end"));
    }

    [Theory]
    [InlineData("", "is no prefix")]
    [InlineData("Upper", "is no prefix")]
    [InlineData("a/b", "is no prefix")]
    public void A_prefix_that_is_no_name_is_refused(string prefix, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<LabException>(() => LabTopology.Create(new LabOptions { Prefix = prefix })).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_and_numbers_that_cannot_be_are_refused()
    {
        Assert.Contains("1 to 150 nodes", Assert.Throws<LabException>(() => LabTopology.Create(new LabOptions { Prefix = "calico-net-many", Nodes = 151 })).Message, StringComparison.Ordinal);
        using var lab = LabTopology.Create(new LabOptions { Prefix = "calico-net-names", Nodes = 1, WorkloadsPerNode = 1 });
        Assert.Contains("is no name", Assert.Throws<LabException>(() => lab.AddWorkload(lab.Nodes[0], "../w")).Message, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<LabException>(() => lab.AddWorkload(lab.Nodes[0], "w1")).Message, StringComparison.Ordinal);
    }

    private static string NetworkNamespaces() => string.Join('\n', Directory.EnumerateFiles("/run/netns"));
}
