using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>Idle times after which a flow is a miss. Calico's defaults.</summary>
public sealed record FlowTimeouts
{
    public static FlowTimeouts Default { get; } = new();

    public TimeSpan SynSent { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Established { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan Closing { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Reset { get; init; } = TimeSpan.FromSeconds(40);

    public TimeSpan Udp { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Icmp { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Other { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The idle time of a state.</summary>
    public TimeSpan Of(FlowState state) => state switch
    {
        FlowState.SynSent or FlowState.SynReceived => SynSent,
        FlowState.Established => Established,
        FlowState.Closing => Closing,
        FlowState.Reset => Reset,
        FlowState.UdpUnanswered or FlowState.UdpAnswered => Udp,
        FlowState.Icmp => Icmp,
        FlowState.Other => Other,
        _ => TimeSpan.Zero,
    };
}
