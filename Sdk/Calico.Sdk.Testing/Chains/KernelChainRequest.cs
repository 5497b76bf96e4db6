using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Sdk.Testing;

/// <summary>What a chain is made of.</summary>
internal sealed record KernelChainRequest
{
    public IReadOnlyList<(PluginDeclaration Declaration, ITemplateSource Templates)> Plugins { get; init; } = [];

    /// <summary>The hooks that are compiled and loaded.</summary>
    public Hooks Hooks { get; init; } = Hooks.Tc;

    /// <summary>The instruction set; null for the newest that the kernel takes, as the agent does.</summary>
    public string? Cpu { get; init; }

    public ChainSettings Settings { get; init; } = SmallTables;

    /// <summary>Where compiled objects are kept.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Small tables: they are made in no time.</summary>
    public static ChainSettings SmallTables { get; } = new()
    {
        Tables = new TableSizes { FlowsV4 = 4096, FlowsV6 = 4096, Pending = 1024, Interfaces = 64, Addresses = 1024, Prefixes = 1024 },
    };
}
