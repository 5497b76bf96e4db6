namespace Calico.Core.Runtime.Reports;

/// <summary>An edge of a chain at which tail calls found the slot empty.</summary>
/// <param name="Hook">The hook.</param>
/// <param name="From">The program that called.</param>
/// <param name="To">The program that was missing.</param>
/// <param name="Count">How often.</param>
public sealed record MissedCallReport(string Hook, string From, string To, ulong Count);
