namespace Calico.Core.Compile;

/// <summary>What the kernel's verifier had against a program, put where the author can act on it.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="Reason">The verifier's complaint, its lines joined with "; ".</param>
/// <param name="Advice">What usually helps; null if nothing general can be said.</param>
/// <param name="File">The display path of the template or header with the last instruction that was looked at; null if the log does not tell.</param>
/// <param name="Line">Its line, from 1; 0 if the log does not tell.</param>
/// <param name="Text">The line's text.</param>
/// <param name="Owner">The plugin that owns the file, or <c>core</c>; null if it is not known.</param>
/// <param name="Via">
/// When the place is in Core's headers: the last line of another owner's template that led there, as it may be the one at
/// fault; else null.
/// </param>
/// <param name="Log">The whole log.</param>
public sealed record VerifierRejection(
    string Program, string Reason, string? Advice, string? File, int Line, string? Text, string? Owner, SourceLine? Via, string Log)
{
    /// <summary>One sentence: place, program, reason, plugin, and what helps.</summary>
    public override string ToString() =>
        (File is null ? "" : $"{File}:{Line}: ")
        + $"error: the kernel's verifier refuses program '{Program}': {Reason}"
        + (Owner is null ? "" : $" ({TemplateException.OwnerPhrase(Owner)})")
        + (Via is { } via ? $", reached from {via.File}:{via.Line} ({TemplateException.OwnerPhrase(via.Owner)})" : "")
        + (Advice is null ? "." : $"; {Advice}.");
}
