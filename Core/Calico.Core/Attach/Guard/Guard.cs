using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Core.Configuration;

namespace Calico.Core.Attach;

/// <summary>
/// Fails closed in the gaps: until a workload's interface has its chain (it was just created, the node boots, the agent
/// is away), what enters from it un-marked is dropped before the host's stack sees it: IPv4 and IPv6, neighbour discovery
/// included. It stays in force when the agent ends.
/// </summary>
/// <remarks>
/// Every member acts in the calling thread's network namespace, which must be the same one each time. A pinned netfilter
/// link holds its namespace: one that is deleted without <see cref="Remove"/> lives on, without a name.
/// </remarks>
public sealed class Guard : IDisposable
{
    private readonly NetfilterGuard _netfilter;
    private readonly NftablesGuard _nftables;

    private Guard(NetfilterGuard netfilter, NftablesGuard nftables, GuardMode inForce, string? reason)
    {
        _netfilter = netfilter;
        _nftables = nftables;
        InForce = inForce;
        Reason = reason;
    }

    /// <summary>What is in force: <see cref="GuardMode.Netfilter"/>, <see cref="GuardMode.Nftables"/> or <see cref="GuardMode.Off"/>.</summary>
    public GuardMode InForce { get; }

    /// <summary>Why it is not what would have been best; null where it is.</summary>
    public string? Reason { get; }

    /// <summary><see cref="InForce"/> as the configuration writes it.</summary>
    public string Mode => InForce switch
    {
        GuardMode.Netfilter => "netfilter",
        GuardMode.Nftables => "nftables",
        _ => "off",
    };

    /// <summary>Puts the guard in force, in place of whatever an earlier agent or configuration had; there is no gap between them.</summary>
    /// <param name="spec">The guard as it shall be.</param>
    /// <param name="features">What this kernel can do.</param>
    /// <param name="compiler">Compiles the program, or has it.</param>
    /// <param name="folder">The folder of bpffs for the guard's pins, and nothing else.</param>
    /// <exception cref="GuardException">It cannot be had in the mode that was asked for.</exception>
    public static Guard Install(GuardSpec spec, KernelFeatures features, ProgramCompiler compiler, string folder)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(compiler);
        if (spec.Mode == GuardMode.Off || !spec.Rules.Any(rule => rule.Drops))
        {
            Remove(spec.Instance, folder);
            return new Guard(new NetfilterGuard(folder), new NftablesGuard(spec.Instance), GuardMode.Off, spec.Mode == GuardMode.Off ? null : "no interface is of kind workload");
        }

        if (spec.Mode == GuardMode.Nftables)
        {
            return InstallNftables(spec, folder, reason: null);
        }

        if (InstallNetfilter(spec, features, compiler, folder, out var obstacle) is { } guard)
        {
            return guard;
        }

        return spec.Mode == GuardMode.Auto
            ? InstallNftables(spec, folder, obstacle)
            : throw new GuardException($"The guard cannot be a netfilter link: {obstacle}. Set guard to nftables, or to auto.");
    }

    /// <summary>Takes an instance's guard out of force, whoever installed it. Nothing of it is left.</summary>
    public static void Remove(string instance, string folder)
    {
        using var netfilter = new NetfilterGuard(folder);
        netfilter.Remove();
        new NftablesGuard(instance).Remove();
    }

    /// <summary>What an agent left in force, whether or not it lives.</summary>
    public static GuardMode Find(string instance, string folder)
    {
        using var netfilter = new NetfilterGuard(folder);
        return netfilter.IsInstalled ? GuardMode.Netfilter : new NftablesGuard(instance).IsInstalled ? GuardMode.Nftables : GuardMode.Off;
    }

    /// <summary>What was dropped so far.</summary>
    public GuardDrops ReadDrops() => InForce switch
    {
        GuardMode.Netfilter => _netfilter.ReadDrops(),
        GuardMode.Nftables => _nftables.ReadDrops(),
        _ => GuardDrops.None,
    };

    /// <summary>Gives up our hold; the guard stays in force.</summary>
    public void Dispose() => _netfilter.Dispose();

    private static Guard? InstallNetfilter(GuardSpec spec, KernelFeatures features, ProgramCompiler compiler, string folder, out string? obstacle)
    {
        obstacle = features.NetfilterLink ? null : "this kernel has no netfilter links (Linux 6.4 has them)";
        if (obstacle is not null)
        {
            return null;
        }

        var netfilter = new NetfilterGuard(folder);
        var nftables = new NftablesGuard(spec.Instance);
        try
        {
            netfilter.Install(spec, compiler, features.InstructionSetV4 ? "v4" : "v3");
        }
        catch (BpfException refused)
        {
            netfilter.Dispose();
            obstacle = refused.Message.TrimEnd('.');
            return null;
        }

        nftables.Remove();
        return new Guard(netfilter, nftables, GuardMode.Netfilter, reason: null);
    }

    private static Guard InstallNftables(GuardSpec spec, string folder, string? reason)
    {
        var netfilter = new NetfilterGuard(folder);
        var nftables = new NftablesGuard(spec.Instance);
        nftables.Install(spec);
        netfilter.Remove();
        return new Guard(netfilter, nftables, GuardMode.Nftables, reason);
    }
}
