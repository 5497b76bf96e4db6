namespace Calico.Core.Chain.Declarations;

/// <summary>"Runs before (or after) that stage of the same phase."</summary>
/// <param name="Before">True: before; false: after.</param>
/// <param name="Stage">The other stage's name.</param>
/// <param name="Optional">No error where no such stage is installed.</param>
public sealed record OrderConstraint(bool Before, string Stage, bool Optional);
