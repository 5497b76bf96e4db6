namespace Calico.Core.Compile;

/// <summary>How bad a diagnostic is; the order is that of clang.</summary>
public enum DiagnosticSeverity
{
    Note,
    Warning,
    Error,
}

/// <summary>One line of what clang had to say.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The file as <c>#line</c> names it: a template's or header's display path; empty if clang named none.</param>
/// <param name="Line">From 1; 0 if clang named none.</param>
/// <param name="Column">From 1; 0 if clang named none. It counts the rendered C's columns.</param>
/// <param name="Message">The text.</param>
/// <param name="Owner">The plugin that owns the file, <c>core</c>, or null for a file that is nobody's (a system header).</param>
public sealed record CompileDiagnostic(
    DiagnosticSeverity Severity, string File, int Line, int Column, string Message, string? Owner)
{
    /// <summary>In the form that editors and people know: <c>file:line:column: error: message</c>.</summary>
    public override string ToString() =>
        $"{(File.Length == 0 ? "clang" : $"{File}:{Line}:{Column}")}: {Severity.ToString().ToLowerInvariant()}: {Message}";
}
