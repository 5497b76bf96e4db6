namespace Calico.Core.Compile;

/// <summary>The templates and headers of one program, to be found by what a verifier log tells of them.</summary>
internal sealed class KnownFiles(RenderedSource source, HeaderSet headers)
{
    private readonly List<(string Path, string Owner, string[] Lines)> _files =
    [
        // Templates before headers, in a fixed order: where nothing decides, the author's own file is the better guess.
        .. source.Files.Values.OrderBy(file => file.DisplayPath, StringComparer.Ordinal).Select(file => (file.DisplayPath, file.Owner, file.Text.Split('\n'))),
        .. headers.Headers.Select(header => (header.DisplayPath, header.Owner, header.Text.Split('\n'))),
    ];

    /// <param name="text">The source line as the log quotes it; may be empty.</param>
    /// <param name="name">The file's name without folders, or null if the kernel printed none.</param>
    /// <param name="line">The line, if there is a name.</param>
    public SourceLine? Find(string text, string? name, int line)
    {
        var named = _files.Where(file => name is not null && (file.Path == name || file.Path.EndsWith("/" + name, StringComparison.Ordinal))).ToList();
        if (named.Count > 0)
        {
            var match = named.FirstOrDefault(file => line <= file.Lines.Length && line > 0 && file.Lines[line - 1].Trim() == text, named[0]);
            return new SourceLine(match.Path, line, match.Owner);
        }

        if (name is not null || text.Length == 0)
        {
            return null;
        }

        var places = _files.SelectMany(file => file.Lines
            .Select((content, index) => (content, index))
            .Where(pair => pair.content.Trim() == text)
            .Select(pair => new SourceLine(file.Path, pair.index + 1, file.Owner))).Take(2).ToList();
        // A line such as "return 0;" stands in many places; the wrong one would mislead more than none.
        return places.Count == 1 ? places[0] : null;
    }
}
