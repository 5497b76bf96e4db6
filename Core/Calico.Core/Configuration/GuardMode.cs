namespace Calico.Core.Configuration;

/// <summary>What drops packets of workloads whose interface has no chain yet.</summary>
public enum GuardMode
{
    /// <summary>A BPF netfilter link where the kernel has them, else an nftables rule.</summary>
    Auto,

    /// <summary>A BPF netfilter link only (kernel 6.4 and later).</summary>
    Netfilter,

    /// <summary>An nftables rule only.</summary>
    Nftables,

    /// <summary>Nothing: until an interface has its chain, its packets pass un-judged.</summary>
    Off,
}
