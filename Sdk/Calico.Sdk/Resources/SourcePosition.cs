namespace Calico.Sdk.Resources;

/// <summary>Where something was written: what an operator opens to correct it.</summary>
/// <param name="File">The file, or the name of another kind of source (an etcd key, a Kubernetes object).</param>
/// <param name="Line">The line, from 1; 0 when the source has no lines.</param>
/// <param name="Column">The column, from 1; 0 when the source has no lines.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>The position as <c>file:line</c>, which terminals and editors make a link of.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}
