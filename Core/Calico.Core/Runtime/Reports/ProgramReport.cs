namespace Calico.Core.Runtime.Reports;

/// <summary>One loaded program of a chain.</summary>
/// <param name="Slot">Its slot; null for the entry.</param>
/// <param name="Name">Its name.</param>
/// <param name="Family">4 or 6; 0 for the entry.</param>
/// <param name="Role"><c>entry</c>, <c>flow</c>, <c>commit</c>, <c>forward</c>, <c>drop</c>, <c>parse</c> or <c>stage</c>.</param>
/// <param name="Owner">The plugin's id, or <c>core</c>.</param>
/// <param name="Phase">A stage's phase.</param>
/// <param name="InlineStages">Stages rendered into it.</param>
/// <param name="Next">The slots that it calls.</param>
/// <param name="Id">The kernel's id.</param>
/// <param name="Instructions">Translated instructions.</param>
/// <param name="JitedBytes">Bytes of machine code.</param>
/// <param name="VerifiedInstructions">Instructions that the verifier looked at.</param>
/// <param name="Template">The template that it comes from.</param>
public sealed record ProgramReport(
    int? Slot,
    string Name,
    int Family,
    string Role,
    string Owner,
    string? Phase,
    IReadOnlyList<string> InlineStages,
    IReadOnlyList<string> Next,
    uint Id,
    uint Instructions,
    uint JitedBytes,
    uint VerifiedInstructions,
    string Template);
