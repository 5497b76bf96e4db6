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
    /// <summary>The problem as <c>file:line: field: reason</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Path.Length == 0 ? $"{Position}: {Reason}" : $"{Position}: {Path}: {Reason}";
}
