using Calico.Benchmarks.Networks;
using Calico.Benchmarks.Reporting;
using Calico.Lab;

namespace Calico.Benchmarks.Contenders;

/// <summary>The kernel forwards: alone, or with a stateful filter on both nodes.</summary>
internal sealed class KernelNetwork : IContenderNetwork
{
    private const string NftablesRules =
        """
        table inet bench {
          chain forward {
            type filter hook forward priority 0; policy drop;
            ct state established,related accept
            ct state invalid drop
            ip saddr 10.97.0.0/16 ip daddr 10.97.0.0/16 accept
            ip6 saddr fd00:97::/32 ip6 daddr fd00:97::/32 accept
          }
        }
        """;

    private static readonly string[] s_iptablesRules =
    [
        "-P FORWARD DROP",
        "-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
        "-A FORWARD -m conntrack --ctstate INVALID -j DROP",
        "-A FORWARD -s 10.97.0.0/16 -d 10.97.0.0/16 -j ACCEPT",
    ];

    private static readonly string[] s_folders = ["/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin"];

    private KernelNetwork(string name, BenchNetwork network)
    {
        Name = name;
        Network = network;
    }

    public string Name { get; }

    public BenchNetwork Network { get; }

    public static KernelNetwork Plain(string suite) => new(Rivals.Kernel, BenchNetwork.Build($"{suite}-kernel"));

    public static KernelNetwork Nftables(string suite) => Filtered(Rivals.Nftables, $"{suite}-nft", node =>
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, NftablesRules);
        node.Run("nft", "-f", file);
        File.Delete(file);
    });

    public static KernelNetwork Iptables(string suite) => Filtered(Rivals.Iptables, $"{suite}-ipt", node =>
    {
        foreach (var rule in s_iptablesRules)
        {
            node.Run(["iptables", .. rule.Split(' ')]);
        }
    });

    /// <summary>The kernel alone and with each filter whose command is installed.</summary>
    public static IReadOnlyList<KernelNetwork> AllInstalled(string suite)
    {
        List<KernelNetwork> networks = [Plain(suite)];
        if (IsInstalled("nft"))
        {
            networks.Add(Nftables(suite));
        }

        if (IsInstalled("iptables"))
        {
            networks.Add(Iptables(suite));
        }

        return networks;
    }

    public void Dispose() => Network.Dispose();

    private static bool IsInstalled(string command) =>
        s_folders.Any(folder => File.Exists(Path.Combine(folder, command)));

    private static KernelNetwork Filtered(string name, string networkName, Action<NetworkNamespace> filter)
    {
        var network = BenchNetwork.Build(networkName);
        foreach (var node in new[] { network.Node1, network.Node2 })
        {
            filter(node.Namespace);

            // So that the entries of one sample are gone before they fill the table: their number is bounded for the machine.
            node.Namespace.Set(("net/netfilter/nf_conntrack_udp_timeout", "1"));
        }

        return new KernelNetwork(name, network);
    }
}
