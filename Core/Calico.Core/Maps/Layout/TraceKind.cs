using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What a record of a trace tells.</summary>
[CName("trace_kind")]
public enum TraceKind : byte
{
    None = 0,

    /// <summary>A program was entered, or an inline stage: <c>number</c> says which.</summary>
    Enter = 1,

    /// <summary>A stage gave its verdict: <c>number</c> says which stage; <c>verdict</c> and <c>reason</c> what it said.</summary>
    Verdict = 2,

    /// <summary>A stage noted something: <c>number</c> is the note's, <c>a</c> and <c>b</c> its values.</summary>
    Note = 3,

    /// <summary>The packet was dropped: <c>reason</c> says why.</summary>
    Drop = 4,

    /// <summary>The packet was sent on: <c>number</c> is the way, <c>a</c> the interface's index where there is one.</summary>
    Forward = 5,
}
