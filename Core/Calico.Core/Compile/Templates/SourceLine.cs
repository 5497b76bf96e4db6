namespace Calico.Core.Compile;

/// <summary>Where a line of rendered C comes from.</summary>
/// <param name="File">The template's display path.</param>
/// <param name="Line">Its line there, from 1; 0 for a line that the renderer itself put in (<c>#line</c>).</param>
/// <param name="Owner">The plugin's id, or <c>core</c>.</param>
public readonly record struct SourceLine(string File, int Line, string Owner);
