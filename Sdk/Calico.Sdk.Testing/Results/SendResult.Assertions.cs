using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Testing;

/// <content>What a test says about a packet. Each returns the result, or throws a <see cref="ChainAssertionException"/>.</content>
public sealed partial record SendResult
{
    /// <summary>It was dropped, under whatever reason.</summary>
    public SendResult ShouldBeDropped() => Verify(Verdict == PacketVerdict.Dropped, "to be dropped");

    /// <summary>It was dropped under a reason.</summary>
    /// <param name="reason">The reason's name, with or without DROP_.</param>
    public SendResult ShouldBeDropped(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var name = reason.StartsWith("DROP_", StringComparison.Ordinal) ? reason["DROP_".Length..] : reason;
        return Verify(Verdict == PacketVerdict.Dropped && DropReason == name, $"to be dropped under the reason {name}");
    }

    /// <summary>It was sent to an interface, or passed on.</summary>
    public SendResult ShouldNotBeDropped() => Verify(Verdict is PacketVerdict.Redirected or PacketVerdict.Passed, "not to be dropped");

    /// <summary>It was sent to some interface.</summary>
    public SendResult ShouldBeRedirected() => Verify(Verdict == PacketVerdict.Redirected, "to be redirected");

    /// <summary>It was sent to an interface.</summary>
    /// <param name="interface">Which.</param>
    public SendResult ShouldBeRedirectedTo(TestInterface @interface)
    {
        ArgumentNullException.ThrowIfNull(@interface);
        RequireTrace();
        return Verify(Verdict == PacketVerdict.Redirected && RedirectedTo == @interface, $"to be redirected to {@interface}");
    }

    /// <summary>It was passed on: to the host's stack at ingress hooks, out of the interface at egress hooks, into the kernel at XDP.</summary>
    public SendResult ShouldPass() => Verify(Verdict == PacketVerdict.Passed, "to pass");

    /// <summary>It came out byte for byte as it went in.</summary>
    public SendResult ShouldBeUnchanged() => Verify(Packet.Equals(Sent), "to come out as it was sent");

    /// <summary>It met a stage.</summary>
    /// <param name="stage">The stage's name.</param>
    public SendResult ShouldHaveRun(string stage)
    {
        RequireTrace();
        return Verify(Stages.Any(run => run.Name == stage), $"to meet the stage '{stage}'");
    }

    /// <summary>It did not meet a stage.</summary>
    /// <param name="stage">The stage's name.</param>
    public SendResult ShouldNotHaveRun(string stage)
    {
        RequireTrace();
        return Verify(Stages.All(run => run.Name != stage), $"not to meet the stage '{stage}'");
    }

    /// <summary>It met these stages, in this order, and no others.</summary>
    /// <param name="stages">The stages' names; none: it met no stage.</param>
    public SendResult ShouldHaveRunExactly(params string[] stages)
    {
        RequireTrace();
        return Verify(
            Stages.Select(run => run.Name).SequenceEqual(stages),
            stages.Length == 0 ? "to meet no stage" : $"to meet exactly the stages {string.Join(", ", stages)}");
    }

    /// <summary>A stage noted this about it.</summary>
    /// <param name="note">The note's name, with or without NOTE_.</param>
    public SendResult ShouldHaveNoted(string note)
    {
        RequireTrace();
        return Verify(Notes.Any(taken => taken.Name == NoteName(note)), $"to have the note {NoteName(note)}");
    }

    /// <summary>A stage noted this about it, with these values.</summary>
    /// <param name="note">The note's name, with or without NOTE_.</param>
    /// <param name="first">The first value.</param>
    /// <param name="second">The second value; null: any.</param>
    public SendResult ShouldHaveNoted(string note, ulong first, ulong? second = null)
    {
        RequireTrace();
        return Verify(
            Notes.Any(taken => taken.Name == NoteName(note) && taken.First == first && (second is null || taken.Second == second)),
            $"to have the note {NoteName(note)} with {first}{(second is null ? "" : $" and {second}")}");
    }

    /// <summary>The packet that came out is as a test wants it.</summary>
    /// <param name="wanted">Such as <c>packet => packet.Header&lt;IPv4Header>().HopLimit == 63</c>.</param>
    /// <param name="sentence">What is wanted, for the failure's message: "to have a TTL of 63".</param>
    public SendResult ShouldComeOut(Func<Packet, bool> wanted, string sentence)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return Verify(wanted(Packet), sentence);
    }

    private static string NoteName(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.StartsWith("NOTE_", StringComparison.Ordinal) ? note["NOTE_".Length..] : note;
    }

    private void RequireTrace()
    {
        if (!IsTraced)
        {
            throw new InvalidOperationException("This chain was started with Untraced(): nothing is known about the stages, notes and interfaces that its packets meet.");
        }
    }

    private SendResult Verify([DoesNotReturnIf(false)] bool holds, string wanted) => holds
        ? this
        : throw new ChainAssertionException($"The packet was expected {wanted}, but it was {Outcome()}.\n{this}");
}
