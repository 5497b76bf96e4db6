namespace Calico.Core.Runtime.Reports;

/// <summary>The chain of one hook.</summary>
/// <param name="Hook">The hook, such as <c>workload-ingress</c>.</param>
/// <param name="Programs">Its programs, entry first.</param>
public sealed record ChainReport(string Hook, IReadOnlyList<ProgramReport> Programs);
