using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>One place where a program may go on.</summary>
/// <param name="Target">The program; its slot is the literal index of the tail call.</param>
/// <param name="Bit">Only for flows that have this bit set; null: every packet.</param>
/// <remarks>
/// A list of successors is tried in order: the first whose bit is null or set is called. If the call is missed, the edge
/// is counted and the packet dropped, unless <see cref="Skips"/>: then the list goes on. The last one is always a
/// program with no bit that does not skip.
/// </remarks>
public sealed record Successor(ProgramPlan Target, int? Bit)
{
    public string Name => Target.Name;

    public int Slot => Target.Slot;

    /// <summary>Whether a missed call goes on with the next successor of the list.</summary>
    public bool Skips => Target.WhenMissed == MissedCallRule.Skip;

    public bool IsForward => Target.Role == ProgramRole.Forward;
}
