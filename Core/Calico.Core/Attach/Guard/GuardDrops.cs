using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>What the guard has dropped since it was first installed; a change of its rules or of the agent does not reset it.</summary>
public sealed record GuardDrops(FlowCounters IPv4, FlowCounters IPv6)
{
    public static GuardDrops None { get; } = new(default, default);

    public ulong Packets => IPv4.Packets + IPv6.Packets;
}
