namespace Calico.Core.Flows;

/// <summary>What one sweep did.</summary>
/// <param name="Seen">Entries looked at; a translated flow has two.</param>
/// <param name="Removed">Expired entries removed.</param>
/// <param name="Duration">How long the kernel worked on it.</param>
public sealed record SweepResult(long Seen, long Removed, TimeSpan Duration);
