using System.Diagnostics.CodeAnalysis;

namespace Calico.Core.Chain;

/// <summary>A plan, or all that stands in its way.</summary>
/// <param name="Plan">Null where there are problems.</param>
/// <param name="Problems">Empty where there is a plan.</param>
public sealed record PlanResult(ChainPlan? Plan, IReadOnlyList<PlanProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool Succeeded => Plan is not null;
}
