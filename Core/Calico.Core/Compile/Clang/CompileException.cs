namespace Calico.Core.Compile;

/// <summary>clang refused a program: the message is its first error and whose file it is in; <see cref="Diagnostics"/> has everything.</summary>
public sealed class CompileException : Exception
{
    public CompileException(IReadOnlyList<CompileDiagnostic> diagnostics)
        : base(Sentence(diagnostics))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>All that clang said, in its order.</summary>
    public IReadOnlyList<CompileDiagnostic> Diagnostics { get; }

    /// <summary>The diagnostic that stopped the compilation.</summary>
    public CompileDiagnostic First => FirstOf(Diagnostics);

    private static CompileDiagnostic FirstOf(IReadOnlyList<CompileDiagnostic> diagnostics) =>
        diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) ?? diagnostics[0];

    private static string Sentence(IReadOnlyList<CompileDiagnostic> diagnostics)
    {
        var first = FirstOf(diagnostics);
        var more = diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error) - 1;
        return first
            + (first.Owner is { } owner ? $" ({TemplateException.OwnerPhrase(owner)})" : "")
            + (more > 0 ? $" (and {more} more error{(more == 1 ? "" : "s")})" : "");
    }
}
