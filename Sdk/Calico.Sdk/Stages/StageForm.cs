namespace Calico.Sdk;

/// <summary>How a stage is linked into the chain.</summary>
public enum StageForm
{
    /// <summary>
    /// A program of its own, entered by a tail call with a literal index (about 2 ns). It gets a copy of the flow
    /// fields; the default.
    /// </summary>
    TailCalled = 0,

    /// <summary>
    /// A function rendered into the flow-lookup program, with the flow entry at hand: for a <see cref="StagePhase.PostFlow"/>
    /// stage that reads or writes the flow on every packet. Its instructions count against that program's budget.
    /// </summary>
    Inline = 1,
}
