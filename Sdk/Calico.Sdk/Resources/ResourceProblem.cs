namespace Calico.Sdk.Resources;

/// <summary>How bad a <see cref="ResourceProblem"/> is.</summary>
public enum ProblemSeverity
{
    /// <summary>The document is used, but not all that it says has an effect.</summary>
    Warning,

    /// <summary>The document is not used.</summary>
    Error,
}

/// <summary>Something wrong in a document: where, at which field, and why.</summary>
/// <param name="Severity">Whether the document can be used all the same.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Path">The field, such as <c>spec.node</c>; empty when the whole document is meant.</param>
/// <param name="Reason">A clause that says what is wrong and, if it isn't obvious, what to write instead.</param>
public sealed record ResourceProblem(ProblemSeverity Severity, SourcePosition Position, string Path, string Reason)
{
    // A message quotes what was written, and that may be 16 MB, or made to play tricks with a terminal.
    private const int LongestPath = 200;
    private const int LongestReason = 600;

    /// <summary>The field, such as <c>spec.node</c>; empty when the whole document is meant.</summary>
    public string Path { get; } = ForOneLine(Path, LongestPath);

    /// <summary>A clause that says what is wrong, in one line and of bounded length.</summary>
    public string Reason { get; } = ForOneLine(Reason, LongestReason);

    /// <summary>The problem as <c>file:line: field: reason</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path.Length == 0 ? $"{Position}: {Reason}" : $"{Position}: {Path}: {Reason}";

    private static string ForOneLine(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        string line = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
        return line.Any(char.IsControl) ? string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter)) : line;
    }
}
