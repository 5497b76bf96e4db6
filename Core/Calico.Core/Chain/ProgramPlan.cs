using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>One eBPF program of a chain: of one hook and one IP family.</summary>
public sealed record ProgramPlan
{
    /// <summary>Its name in C and in the kernel: unique in the hook, such as <c>policy_v4</c>.</summary>
    public required string Name { get; init; }

    public required ProgramRole Role { get; init; }

    public required IpFamily Family { get; init; }

    /// <summary>Its index in the hook's PROG_ARRAY.</summary>
    public required int Slot { get; init; }

    /// <summary>The plugin's stage; null for the spine's programs.</summary>
    public StagePlan? Stage { get; init; }

    /// <summary>The id of the plugin that it comes from, or <c>core</c>.</summary>
    public string Owner => Stage?.PluginId ?? SpineDropReasons.Owner;

    /// <summary>What happens when a tail call to this program is missed: without the spine nothing may pass.</summary>
    public MissedCallRule WhenMissed => Stage?.WhenMissed ?? MissedCallRule.Drop;

    /// <summary>Where it goes on (for the flow program: when the flow is known); empty for forward and drop.</summary>
    public IReadOnlyList<Successor> Successors { get; init; } = [];

    /// <summary>Where the flow program goes on when there is no flow; empty for every other program.</summary>
    public IReadOnlyList<Successor> NewFlowSuccessors { get; init; } = [];
}
