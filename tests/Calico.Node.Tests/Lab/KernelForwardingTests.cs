using System.Net;
using System.Net.Sockets;
using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Lab;

/// <summary>One lab of two nodes with two workloads each, on which the kernel forwards.</summary>
public sealed class ForwardingLab : IDisposable
{
    public ForwardingLab()
    {
        Topology = LabTopology.Create(new LabOptions { Prefix = "calico-net-forward" });
        Topology.UseKernelForwarding();
    }

    public LabTopology Topology { get; }

    public void Dispose() => Topology.Dispose();
}

public sealed class KernelForwardingTests(ForwardingLab lab) : IClassFixture<ForwardingLab>
{
    private LabWorkload Near => lab.Topology.Nodes[0].Workloads[0];

    private LabWorkload Neighbour => lab.Topology.Nodes[0].Workloads[1];

    private LabWorkload Far => lab.Topology.Nodes[1].Workloads[0];

    [Fact]
    public void Workloads_of_two_nodes_reach_each_other()
    {
        Ping(Near.Namespace, Far.Address4);
        Ping(Near.Namespace, Far.Address6);
    }

    [Fact]
    public void Workloads_of_one_node_reach_each_other()
    {
        Ping(Near.Namespace, Neighbour.Address4);
        Ping(Near.Namespace, Neighbour.Address6);
    }

    [Fact]
    public void A_node_a_workload_and_a_host_outside_reach_each_other()
    {
        var node = lab.Topology.Nodes[0];
        Ping(node.Namespace, Near.Address4);
        Ping(node.Namespace, Near.Address6);
        Ping(Near.Namespace, node.Address4);
        Ping(Near.Namespace, LabAddressing.Fabric4(0));
        Ping(lab.Topology.Fabric, Far.Address4);
        Ping(lab.Topology.Fabric, Far.Address6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_socket_made_inside_a_workload_stays_there(bool ipv6)
    {
        var address = ipv6 ? Far.Address6 : Far.Address4;
        using var listener = Far.Namespace.Enter(() =>
        {
            var made = new TcpListener(address, 8080);
            made.Start();
            return made;
        });

        // Connecting outside Enter: the socket was made inside.
        using var client = Near.Namespace.Enter(() => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(new IPEndPoint(address, 8080));
        using var accepted = listener.AcceptSocket();

        Assert.Equal(ipv6 ? Near.Address6 : Near.Address4, ((IPEndPoint)accepted.RemoteEndPoint!).Address);
    }

    [Fact]
    public void A_workload_that_comes_later_is_reached_and_leaves_nothing_when_it_goes()
    {
        var node = lab.Topology.Nodes[1];
        using var client = node.Namespace.Enter(() => new RtNetlink());
        var later = lab.Topology.AddWorkload(node, "later");

        Ping(Near.Namespace, later.Address4);
        Ping(Near.Namespace, later.Address6);
        var process = lab.Topology.Start(later.Namespace, "sleep", "1000");
        lab.Topology.RemoveWorkload(later);

        Assert.Null(client.GetLink(later.HostInterface));
        Assert.True(process.HasExited);
        Assert.False(File.Exists(later.Namespace.Path));
        Assert.DoesNotContain(later, node.Workloads);
    }

    private static void Ping(NetworkNamespace from, IPAddress to) => from.Run("ping", "-c", "1", "-W", "5", to.ToString());
}
