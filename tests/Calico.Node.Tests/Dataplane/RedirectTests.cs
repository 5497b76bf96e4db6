using System.Net;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Workloads behind interfaces whose other end is not a veth in another namespace.</summary>
[Collection(TwoNodes.Collection)]
public sealed class RedirectTests(TwoNodes nodes)
{
    private static readonly IPAddress s_address4 = IPAddress.Parse("10.91.66.1");
    private static readonly IPAddress s_address6 = IPAddress.Parse("fd00:91:66::1");

    private readonly DataplaneLab _lab = nodes.Lab;

    private NetworkNamespace Node => _lab.Inside("n1");

    [Fact]
    public async Task A_tap_device_is_reached_as_a_virtual_machine_has_it()
    {
        using var machine = Make("machine");
        var wire = Path.Combine(_lab.Folder, "tap.sock");
        using var host = _lab.Topology.Start(Node, "socat", "TUN,tun-name=calitap0,tun-type=tap,iff-no-pi", $"UNIX-LISTEN:{wire},type=5");
        Eventually.True(() => File.Exists(wire), () => string.Join('\n', host.Lines));
        using var guest = _lab.Topology.Start(machine, "socat", "TUN,tun-name=eth0,tun-type=tap,iff-no-pi", $"UNIX-CONNECT:{wire},type=5");
        Eventually.True(() => Node.TryRun("ip", "link", "show", "calitap0").ExitCode == 0 && machine.TryRun("ip", "link", "show", "eth0").ExitCode == 0, () => string.Join('\n', guest.Lines.Concat(host.Lines)));
        Node.Ip($"link set calitap0 address {LabAddressing.HostSideMac}", "link set calitap0 up");
        machine.Ip("link set eth0 up");
        DataplaneLab.Configure(machine, s_address4, s_address6);
        Announce("calitap0");
        try
        {
            AssertReached(machine);
        }
        finally
        {
            _lab.Remove("apart.yaml");
            await guest.Stop(TimeSpan.FromSeconds(5));
            await host.Stop(TimeSpan.FromSeconds(5));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_veth_whose_peer_is_a_port_of_a_bridge_on_the_node_itself_is_reached(bool isMacKnown)
    {
        using var inside = Make($"behind-{isMacKnown}".ToLowerInvariant());
        Node.Ip(
            "link add brlab type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
            $"link add calibr0 address {LabAddressing.HostSideMac} type veth peer name toward",
            $"link add onward type veth peer name eth0 netns {inside.Name}",
            "link set toward master brlab", "link set onward master brlab",
            "link set brlab up", "link set toward up", "link set onward up", "link set calibr0 up");
        DataplaneLab.Configure(inside, s_address4, s_address6);
        var mac = inside.Run("cat", "/sys/class/net/eth0/address").Output.Trim();
        Announce("calibr0", isMacKnown ? $"mac: \"{mac}\"" : "");
        try
        {
            AssertReached(inside);
        }
        finally
        {
            _lab.Remove("apart.yaml");
            Node.Ip("link delete calibr0", "link delete onward", "link delete brlab");
        }
    }

    [Fact]
    public void A_workload_interface_that_is_itself_a_port_of_a_bridge_is_reached()
    {
        using var inside = DataplaneLab.Join(_lab.Topology.Nodes[0], "port", "caliport", s_address4, s_address6);
        // The bridge stands for its ports: the workload's gateway is its link-local address.
        Node.Ip(
            $"link add brlab address {LabAddressing.HostSideMac} type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
            "link set brlab up", "link set caliport master brlab");
        Announce("caliport");
        try
        {
            AssertReached(inside, fromHost: false);
        }
        finally
        {
            _lab.Remove("apart.yaml");
            Node.Ip("link delete caliport", "link delete brlab");
        }
    }

    private NetworkNamespace Make(string name)
    {
        var made = NetworkNamespace.Create($"{Node.Name}-{name}");
        made.Set(("net/ipv6/conf/all/accept_dad", "0"), ("net/ipv6/conf/default/accept_dad", "0"));
        return made;
    }

    private void Announce(string iface, string more = "") =>
        _lab.Write("apart.yaml", ResourceText.Endpoint("apart", "n1", iface, [$"{s_address4}/32", $"{s_address6}/128"], more));

    private void AssertReached(NetworkNamespace inside, bool fromHost = true)
    {
        foreach (var address in new[] { s_address4, s_address6 })
        {
            Eventually.True(() => _lab.Inside("n1/w1").Ping(address).ExitCode == 0, () => _lab.Drops() + Node.Run("ip", "neigh").Output + inside.Run("ip", "-s", "link", "show", "eth0").Output + inside.Run("ip", "neigh").Output);
            Assert.True(_lab.Inside("n2/w1").CanPing(address), _lab.Drops());
            Assert.True(!fromHost || Node.CanPing(address), _lab.Drops());
            using var tcp = TcpConnection.Open(_lab.Inside("n2/w1"), inside, address);
            tcp.Exchange();
            tcp.Transfer(2_000_000);
            using var back = TcpConnection.Open(inside, _lab.Inside("n1/w1"), _lab.AddressOf("n1/w1", address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 4 : 6));
            back.Transfer(2_000_000);
        }
    }
}
