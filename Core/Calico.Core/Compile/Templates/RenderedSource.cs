namespace Calico.Core.Compile;

/// <summary>C text with the origin of its every line.</summary>
/// <param name="Name">The template it was rendered from.</param>
/// <param name="Text">The C text, with <c>#line</c> directives that name the templates.</param>
/// <param name="Origins">Entry <c>n</c> is the origin of line <c>n + 1</c> of <paramref name="Text"/>.</param>
/// <param name="Files">The templates that went into it, by the display path that <c>#line</c> names.</param>
public sealed record RenderedSource(
    string Name,
    string Text,
    IReadOnlyList<SourceLine> Origins,
    IReadOnlyDictionary<string, TemplateText> Files)
{
    /// <summary>The origin of a line of <see cref="Text"/>, counted from 1.</summary>
    public SourceLine OriginOf(int line) => Origins[line - 1];

    /// <summary>Who owns a file that a compiler diagnostic or verifier message names; null if it is none of ours.</summary>
    public string? OwnerOf(string file) => Files.GetValueOrDefault(file)?.Owner;

    /// <summary>C text that no template made; its diagnostics name <paramref name="file"/>.</summary>
    public static RenderedSource FromText(string text, string file, string owner)
    {
        var source = new PositionedText();
        source.Append(text, new SourceLine(file, 1, owner), advance: true);
        return source.ToSource(file, new Dictionary<string, TemplateText> { [file] = new(file, text, file, owner) });
    }
}
