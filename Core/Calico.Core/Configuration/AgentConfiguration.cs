using System.Collections.Immutable;

namespace Calico.Core.Configuration;

/// <summary>All that an operator decides about an agent, as <c>agent.yaml</c> says it, defaults filled in.</summary>
/// <remarks>Immutable. <see cref="AgentConfigurationReader"/> makes it; <c>examples/agent.yaml</c> explains each field.</remarks>
public sealed record AgentConfiguration
{
    /// <summary>The file that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>Tells several agents on one machine apart: a part of paths and of names in the kernel.</summary>
    public required string Instance { get; init; }

    /// <summary>The name of the Node resource that is this machine.</summary>
    public required string NodeName { get; init; }

    public required InterfaceConfiguration Interfaces { get; init; }

    public required AttachConfiguration Attach { get; init; }

    /// <summary>The plugins, in the order of the file, which has no meaning: stages are ordered by their constraints.</summary>
    public required ImmutableArray<PluginConfiguration> Plugins { get; init; }

    /// <summary>
    /// Build folders of plugins in development, absolute: loaded beside the configured plugins, or in the place of one of the
    /// same id, with its options. Not from the file: <c>calico agent --dev FOLDER</c> adds them.
    /// </summary>
    public ImmutableArray<string> DevelopmentFolders { get; init; } = [];

    /// <summary>The folder of resources, absolute.</summary>
    public required string ResourceFolder { get; init; }

    public required FlowTableConfiguration FlowTable { get; init; }

    public required MarkConfiguration Mark { get; init; }

    /// <summary>Whether all packets go through the host's stack, so that its routing and netfilter rules see them.</summary>
    public required bool HostRouting { get; init; }

    /// <summary>Whether workloads may get their address by DHCP through the node.</summary>
    public required bool Dhcp { get; init; }

    public required GuardMode Guard { get; init; }

    public required PathConfiguration Paths { get; init; }
}
