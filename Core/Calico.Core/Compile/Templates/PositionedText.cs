using System.Text;

namespace Calico.Core.Compile;

/// <summary>Collects rendered text with the template line of every piece, and lays it out with <c>#line</c> directives.</summary>
/// <remarks>
/// An output line made of several pieces belongs to the first piece that is not blank: that is where an author looks.
/// Where the template's lines and the output's lines part (a loop, an include, a line that vanished), small gaps become
/// blank lines and others a <c>#line</c>. Neither can stand inside a macro that continues over several lines with
/// <c>\</c>: there the correction waits for the macro's end.
/// </remarks>
internal sealed class PositionedText
{
    /// <summary>Up to here a gap is filled with blank lines: the C stays readable, as a person debugging it sees it.</summary>
    private const int LargestBlankGap = 3;

    private readonly List<(string Text, SourceLine Origin)> _lines = [];
    private readonly StringBuilder _current = new();
    private SourceLine? _currentOrigin;
    private bool _originIsOfBlank;

    /// <summary>Characters collected so far.</summary>
    public int Length { get; private set; }

    /// <param name="text">The piece.</param>
    /// <param name="origin">Where its first character comes from.</param>
    /// <param name="advance">Whether a line end in the piece is one in the template too: true for a template's own text, false for a printed value.</param>
    public void Append(ReadOnlySpan<char> text, SourceLine origin, bool advance)
    {
        Length += text.Length;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            var piece = end < 0 ? text : text[..end];
            var blank = piece.IsWhiteSpace();
            if (_currentOrigin is null || (_originIsOfBlank && !blank))
            {
                _currentOrigin = origin;
                _originIsOfBlank = blank;
            }

            _current.Append(piece);
            if (end < 0)
            {
                return;
            }

            EndLine();
            text = text[(end + 1)..];
            if (advance)
            {
                origin = origin with { Line = origin.Line + 1 };
            }
        }
    }

    public RenderedSource ToSource(string name, IReadOnlyDictionary<string, TemplateText> files)
    {
        if (_current.Length > 0)
        {
            EndLine();
        }

        var text = new StringBuilder();
        var origins = new List<SourceLine>();
        SourceLine? expected = null;
        var continues = false;
        foreach (var (line, origin) in _lines)
        {
            if (origin != expected && !continues)
            {
                Correct(text, origins, expected, origin);
                expected = origin;
            }

            text.Append(line).Append('\n');
            origins.Add(origin);
            expected = expected!.Value with { Line = expected.Value.Line + 1 };
            continues = line.EndsWith('\\');
        }

        return new RenderedSource(name, text.ToString(), origins, files);
    }

    private static void Correct(StringBuilder text, List<SourceLine> origins, SourceLine? expected, SourceLine origin)
    {
        var gap = expected is { } e && e.File == origin.File ? origin.Line - e.Line : 0;
        if (gap is > 0 and <= LargestBlankGap)
        {
            for (var i = 0; i < gap; i++)
            {
                text.Append('\n');
                origins.Add(expected!.Value with { Line = expected.Value.Line + i });
            }

            return;
        }

        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"#line {origin.Line} \"{Escape(origin.File)}\"\n");
        origins.Add(origin with { Line = 0 });
    }

    internal static string Escape(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private void EndLine()
    {
        // A line without any piece (a line feed alone) has the origin of that line feed, set by Append.
        _lines.Add((_current.ToString(), _currentOrigin!.Value));
        _current.Clear();
        _currentOrigin = null;
        _originIsOfBlank = false;
    }
}
