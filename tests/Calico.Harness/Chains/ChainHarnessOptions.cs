using Calico.Core.Chain.Rendering;
using Calico.Sdk;
using Calico.Sdk.Testing;

namespace Calico.Harness.Chains;

/// <summary>What a harness loads.</summary>
public sealed record ChainHarnessOptions
{
    public IReadOnlyList<HarnessPlugin> Plugins { get; init; } = [];

    /// <summary>The hooks that are compiled and loaded.</summary>
    public Hooks Hooks { get; init; } = Hooks.Tc;

    /// <summary>The instruction set; null for the newest that the kernel takes, as the agent does.</summary>
    public string? Cpu { get; init; }

    /// <summary>Small tables by default: they are made in no time.</summary>
    public ChainSettings Settings { get; init; } = KernelChainRequest.SmallTables;
}
