namespace Calico.Benchmarks.Reporting;

/// <summary>What the report calls those who are measured beside us.</summary>
internal static class Rivals
{
    public const string Ours = "calico-sdk";

    /// <summary>An eBPF program on TCX that redirects by address: no state, no counters, no check.</summary>
    public const string Redirect = "stateless eBPF redirect";

    /// <summary>The kernel's own forwarding, netfilter without a rule.</summary>
    public const string Kernel = "kernel forwarding";

    /// <summary>Kernel forwarding with connection tracking: established and related pass, new ones by a rule for each network.</summary>
    public const string Nftables = "nftables stateful filter";

    /// <summary>The same rules with iptables, of whatever kind is installed.</summary>
    public const string Iptables = "iptables stateful filter";
}
