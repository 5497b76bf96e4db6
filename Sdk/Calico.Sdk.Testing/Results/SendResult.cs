using System.Text;

namespace Calico.Sdk.Testing;

/// <summary>What became of one packet. Immutable.</summary>
public sealed partial record SendResult
{
    private const int Continue = -1, Shot = 2, Redirect = 7, XdpDrop = 1, XdpPass = 2, XdpRedirect = 4, XdpTransmit = 3;

    internal SendResult()
    {
    }

    /// <summary>The packet as it was sent, in its frame.</summary>
    public required Packet Sent { get; init; }

    /// <summary>The hook that it met.</summary>
    public required Hooks Hook { get; init; }

    /// <summary>The interface of that hook.</summary>
    public required TestInterface Through { get; init; }

    /// <summary>The kernel's number of the verdict: of TC or XDP, as the hook is.</summary>
    public required int ReturnValue { get; init; }

    /// <summary>What became of it.</summary>
    public PacketVerdict Verdict => (Hook, ReturnValue) switch
    {
        (Hooks.Xdp, XdpDrop) or (not Hooks.Xdp, Shot) => PacketVerdict.Dropped,
        (Hooks.Xdp, XdpRedirect or XdpTransmit) or (not Hooks.Xdp, Redirect) => PacketVerdict.Redirected,
        (Hooks.Xdp, XdpPass) or (not Hooks.Xdp, Continue) => PacketVerdict.Passed,
        _ => PacketVerdict.Other,
    };

    /// <summary>The reason under which it was counted as dropped, without DROP_; null where it was not.</summary>
    public required string? DropReason { get; init; }

    /// <summary>What that reason means.</summary>
    public required string? DropSentence { get; init; }

    /// <summary>The interface to which the spine sent it; null where it did not, or where the chain is untraced.</summary>
    public required TestInterface? RedirectedTo { get; init; }

    /// <summary>The packet as it came out: of a dropped one, as it was then.</summary>
    public required Packet Packet { get; init; }

    /// <summary>Its mark (<c>skb->mark</c>) afterwards.</summary>
    public required uint Mark { get; init; }

    /// <summary>Tail calls that found their slot empty.</summary>
    public required int MissedCalls { get; init; }

    /// <summary>The plugins' stages that it met, in order; none where the chain is untraced.</summary>
    public required IReadOnlyList<StageRun> Stages { get; init; }

    /// <summary>All that it met, the spine's own programs included: entry, parse, flow, commit, …</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>What the stages noted, in order; none where the chain is untraced.</summary>
    public required IReadOnlyList<NoteTaken> Notes { get; init; }

    /// <summary>Whether the chain records what packets meet.</summary>
    public required bool IsTraced { get; init; }

    /// <summary>Everything about it, for a person who wonders why.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine($"  packet   {Sent}");
        text.AppendLine($"  through  {Hook} of {Through}");
        text.AppendLine($"  verdict  {Outcome()}");
        text.AppendLine($"  came out {(Packet.Equals(Sent) ? "as it was sent" : Packet.ToString())}");
        text.AppendLine(IsTraced ? $"  met      {string.Join(" → ", Programs)}" : "  met      (the chain is untraced)");
        text.AppendLine($"  stages   {(Stages.Count == 0 ? "none" : string.Join(", ", Stages))}");
        text.AppendLine($"  notes    {(Notes.Count == 0 ? "none" : string.Join("; ", Notes))}");
        if (MissedCalls > 0)
        {
            text.AppendLine($"  missed   {MissedCalls} tail calls found an empty slot");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The verdict in words.</summary>
    private string Outcome() => Verdict switch
    {
        PacketVerdict.Dropped => DropReason is null ? "dropped, under no reason" : $"dropped: {DropReason}, {DropSentence}",
        PacketVerdict.Redirected => $"redirected to {RedirectedTo?.Name ?? "an interface that is not known"}",
        PacketVerdict.Passed => (Hook & Hooks.Egress) != 0 ? $"passed, out of {Through}" : Hook == Hooks.Xdp ? "passed, to the kernel" : "passed, to the stack",
        _ => $"the kernel's number {ReturnValue}",
    };
}
