using Calico.Core.Chain;

namespace Calico.Sdk.Testing;

/// <content>Packets in, results out.</content>
public sealed partial class ChainUnderTest
{
    /// <summary>
    /// Sends a packet through the chain that it would meet: of a workload's address, what that workload sends
    /// (<see cref="Hooks.WorkloadIngress"/>); of the node's own address, what its stack sends, at the egress hook of the
    /// receiver's interface; of any other, what arrives at <see cref="Uplink"/>.
    /// </summary>
    /// <param name="packet">Without an Ethernet header of its own it gets the one that it has at that interface.</param>
    /// <exception cref="ArgumentException">The packet does not say where it comes from, or that hook is not loaded.</exception>
    public SendResult Send(Packet packet) => Send(packet, new SendOptions());

    /// <summary>Sends a packet that comes in through an interface.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="through">A workload's interface, an uplink, or the tunnel device.</param>
    /// <exception cref="ArgumentException">The hook is not loaded.</exception>
    public SendResult Send(Packet packet, TestInterface through) => Send(packet, new SendOptions { Through = through });

    /// <summary>Sends a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="options">Where it comes through, and what it brings along.</param>
    /// <exception cref="ArgumentException">The packet does not say where it comes from, or the hook is not loaded.</exception>
    public SendResult Send(Packet packet, SendOptions options)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(options);
        var (hook, through) = WayOf(packet, options);
        var framed = packet.In(KernelChain.FrameAt(hook, through));
        var dropsBefore = _kernel.Drops();
        var missedBefore = _kernel.MissedCalls();
        _trace?.Clear();
        var run = _kernel.Run(hook, through, framed.ToBytes(), options.Mark, options.SegmentSize, options.Segments);
        var dropped = _kernel.Drops().Where(drop => drop.Value != dropsBefore.GetValueOrDefault(drop.Key)).Select(drop => Reason(drop.Key)).FirstOrDefault();
        var trace = _trace?.Read() ?? PacketTrace.Empty;
        return new SendResult
        {
            Sent = framed,
            Hook = hook,
            Through = through,
            ReturnValue = run.ReturnValue,
            DropReason = dropped?.Name,
            DropSentence = dropped?.Sentence,
            Packet = Packet.FromBytes(run.Packet.Span),
            Mark = run.Skb.Mark,
            MissedCalls = (int)(_kernel.MissedCalls() - missedBefore),
            RedirectedTo = Interfaces.FirstOrDefault(each => trace.Ifindex != 0 && each.Ifindex == trace.Ifindex),
            IsTraced = _trace is not null,
            Programs = trace.Programs,
            Stages = trace.Stages,
            Notes = trace.Notes,
        };
    }

    private (Hooks Hook, TestInterface Through) WayOf(Packet packet, SendOptions options)
    {
        var loaded = _kernel.Generation.Hooks.Keys.Aggregate(Hooks.None, (all, hook) => all | hook);
        var way = PacketWay.Of(packet, options, Interfaces, loaded);
        return loaded.HasFlag(way.Hook) ? way : throw new ArgumentException(
            $"The packet meets {way.Hook} of {way.Through}, and the chain was loaded for {loaded} only: {packet}. Add that hook to On(…), or send it through another.", nameof(packet));
    }

    private PlannedDropReason Reason(int number) => _kernel.Generation.Plan.DropReasons.Single(reason => reason.Number == number);
}
