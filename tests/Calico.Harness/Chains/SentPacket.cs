namespace Calico.Harness.Chains;

/// <summary>What became of one packet.</summary>
public sealed record SentPacket
{
    /// <summary>What the entry program returned: see <see cref="Verdicts"/>.</summary>
    public required int Verdict { get; init; }

    /// <summary>The name of the reason under which it was counted as dropped, without DROP_; null where it was not.</summary>
    public required string? DropReason { get; init; }

    /// <summary>The frame afterwards.</summary>
    public required byte[] Packet { get; init; }

    /// <summary>The mark afterwards.</summary>
    public required uint Mark { get; init; }

    /// <summary>Tail calls that were missed on its way.</summary>
    public required int MissedCalls { get; init; }

    public bool IsDropped => Verdict is Verdicts.Drop;

    /// <summary>It goes on to the next program of the interface, and then to the host's stack (or out, at egress hooks).</summary>
    public bool Continues => Verdict is Verdicts.Continue;

    /// <summary>It was sent to another interface.</summary>
    public bool IsRedirected => Verdict is Verdicts.Redirect;
}
