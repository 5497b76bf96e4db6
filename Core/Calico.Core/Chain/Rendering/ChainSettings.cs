using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>What of the configuration and of this kernel is rendered into the programs.</summary>
public sealed record ChainSettings
{
    /// <summary>The bits of the packet mark that are ours: at least two, adjacent; the lowest is SEEN, the next JUDGED.</summary>
    public uint MarkMask { get; init; } = 0x0030_0000;

    public uint MarkSeen => MarkMask & (~MarkMask + 1);

    public uint MarkJudged => MarkSeen << 1;

    /// <summary>Everything to the host's stack instead of past it, for nodes whose netfilter must see workload traffic.</summary>
    public bool HostRouting { get; init; }

    /// <summary>Workloads may speak DHCP with the host.</summary>
    public bool AllowDhcp { get; init; }

    /// <summary>The agent's network namespace as the kernel numbers it: socket programs leave all others alone. 0 is none.</summary>
    public ulong NetworkNamespaceCookie { get; init; }

    /// <summary>HZ of this kernel.</summary>
    public int TicksPerSecond { get; init; } = 250;

    public FlowTimeouts Timeouts { get; init; } = FlowTimeouts.Default;

    public TableSizes Tables { get; init; } = new();

    /// <summary>
    /// Every program, stage and note that a packet meets is recorded (see <see cref="TraceMaps"/>): for tests and for
    /// tracing. Chains without it have no instruction of it.
    /// </summary>
    public bool Trace { get; init; }

    /// <summary>How many ticks a flow of this state may be idle; one tick more, and it is a miss.</summary>
    public uint TimeoutTicks(FlowState state) => (uint)(Timeouts.Of(state).TotalSeconds * TicksPerSecond);
}
