using System.Globalization;
using Calico.Agent.Demo.Nodes;
using Calico.Agent.Demo.Peers;
using Calico.Lab;

namespace Calico.Agent.Demo.Checks;

/// <summary>Rules that others have in the node's netfilter keep working: a port of the node that leads to a workload.</summary>
internal static class HostPortChecks
{
    private const int HostPort = 8080;
    private const string Table = "demo-host-port";

    public static async Task RunAsync(DemoWorld world, CheckList checks, CancellationToken cancellationToken)
    {
        LabNode node = world.First.Lab;
        DemoPeer client = world[DemoWorld.Outside], workload = world[$"{node.Name}/w1"], host = world[node.Name];
        foreach ((int family, string nft) in new[] { (4, "ip"), (6, "ip6") })
        {
            string target = family == 4 ? $"{workload.Address4}:{Peer.HttpPort}" : $"[{workload.Address6}]:{Peer.HttpPort}";
            node.Namespace.Run("nft", string.Create(CultureInfo.InvariantCulture,
                $"add table {nft} {Table}; add chain {nft} {Table} prerouting {{ type nat hook prerouting priority dstnat; }}; add rule {nft} {Table} prerouting {nft} daddr {host.Address(family)} tcp dport {HostPort} dnat to {target}"));
            try
            {
                checks.Add($"port {HostPort} of {node.Name}, DNAT to {workload.Name}: {client.Name}, HTTP over IPv{family}", Sending.Answer(client, workload, family),
                    await Sending.HttpAsync(client, host.Address(family), cancellationToken, HostPort));
            }
            finally
            {
                node.Namespace.Run("nft", $"delete table {nft} {Table}");
            }
        }
    }
}
