using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Interfaces that come and go.</summary>
[Collection(TwoNodes.Collection)]
public sealed class InterfaceTests(TwoNodes nodes, ITestOutputHelper output)
{
    private static readonly IPAddress s_address4 = IPAddress.Parse("10.91.88.1");
    private static readonly IPAddress s_address6 = IPAddress.Parse("fd00:91:88::1");

    private readonly DataplaneLab _lab = nodes.Lab;

    private AgentUnderTest Agent => _lab.Agents[0];

    private NetworkNamespace Node => _lab.Inside("n1");

    [Fact]
    public void One_that_appears_gets_its_chain_and_one_that_goes_leaves_nothing()
    {
        _lab.Write("passing.yaml", ResourceText.Endpoint("passing", "n1", "calipass", [$"{s_address4}/32", $"{s_address6}/128"]));
        var took = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            using var inside = NetworkNamespace.Create($"{Node.Name}-passing{round}");
            inside.Set(("net/ipv6/conf/all/accept_dad", "0"), ("net/ipv6/conf/default/accept_dad", "0"));
            var clock = Stopwatch.StartNew();
            Node.Ip($"link add calipass address {LabAddressing.HostSideMac} type veth peer name eth0 netns {inside.Name}");
            var made = clock.Elapsed;
            var index = IndexOf("calipass");
            Eventually.True(() => Links(index).Count == 2, "it has no chain");
            took.Add((clock.Elapsed - made).TotalMilliseconds);
            Node.Ip("link set calipass up");
            DataplaneLab.Configure(inside, s_address4, s_address6);
            Eventually.True(() => inside.Ping(_lab.AddressOf("n2/w1", 4)).ExitCode == 0, _lab.Drops);
            Assert.True(inside.CanPing(_lab.AddressOf("n1/w1", 6)), _lab.Drops());
            Assert.Contains($"{s_address4} dev calipass", Node.Run("ip", "route", "show", "proto", "80").Output, StringComparison.Ordinal);

            Node.Ip("link delete calipass");

            Eventually.True(() => Links(index).Count == 0, "its links are still pinned");
            Eventually.True(() => !Interfaces().Contains((uint)index), "its entry in the interface map is still there");
            Eventually.True(() => !Addresses().Contains($"{s_address4}"), "its address is still routed");
            Assert.DoesNotContain("calipass", Node.Run("ip", "route", "show", "proto", "80").Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Agent.Interfaces(), iface => iface.Name == "calipass");
            inside.Delete();
        }

        _lab.Remove("passing.yaml");
        output.WriteLine($"From the return of `ip link add` to both hooks attached: {string.Join(", ", took.Select(ms => $"{ms:F0} ms"))}");
        Assert.True(took.Min() < 2000, "Slower than anything that a busy machine explains.");
        Assert.Empty(Agent.Status().Problems);
    }

    [Fact]
    public void One_that_is_renamed_to_a_workloads_name_gets_its_chain_and_loses_it_when_it_is_renamed_back()
    {
        Node.Ip("link add other0 type dummy".Replace("dummy", "veth peer name other1", StringComparison.Ordinal));
        try
        {
            var index = IndexOf("other0");
            Node.Ip("link set other0 name caliother");
            Eventually.True(() => Links(index).Count == 2, "it has no chain");

            Node.Ip("link set caliother name other0");
            Eventually.True(() => Links(index).Count == 0, "it still has a chain");
        }
        finally
        {
            Node.Ip("link delete other1");
        }
    }

    [Fact]
    public void Every_interface_has_its_own_chain_to_look_at()
    {
        var shown = Agent.Calico("--socket", Agent.Socket, "chain", "show", _lab.Named("n1/w1").HostInterface);

        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.Contains("workload_ingress", shown.Output.Replace('-', '_'), StringComparison.Ordinal);
        Assert.Contains("flow_start", shown.Output, StringComparison.Ordinal);
    }

    private int IndexOf(string name) => int.Parse(
        Node.Run("ip", "-o", "link", "show", name).Output.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);

    private List<string> Links(int ifindex) => [.. Directory.EnumerateFiles(Path.Combine(Agent.Bpffs, "links"), $"{ifindex}-*")];

    private List<uint> Interfaces()
    {
        using var map = Pinned("interfaces");
        return [.. new BpfMap<uint, InterfaceEntry>(map).Entries().Select(entry => entry.Value.Ifindex)];
    }

    private List<string> Addresses()
    {
        using var map = Pinned("addresses_v4");
        return [.. new BpfMap<uint, RouteEntry>(map).Entries().Select(entry => entry.Key)
            .Select(word => new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in word))).ToString())];
    }

    private BpfMap Pinned(string name) => BpfMap.OpenPinned(Directory.EnumerateFiles(Path.Combine(Agent.Bpffs, "maps"), $"{name}-*").Single());
}
