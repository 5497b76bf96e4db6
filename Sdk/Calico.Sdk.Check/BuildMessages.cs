using System.Globalization;

namespace Calico.Sdk.Check;

/// <summary>
/// Writes what was found in the form that MSBuild and editors read:
/// <c>/home/a/bpf/x.bpf.c.sbn(12,5): error CALICO1001: use of undeclared identifier 'foo'</c>. Each is said once, however
/// many chains show it.
/// </summary>
internal sealed class BuildMessages(TextWriter output)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public bool HasErrors { get; private set; }

    public void Error(string code, Place place, string text)
    {
        HasErrors = true;
        Write("error", code, place, text);
    }

    public void Warning(string code, Place place, string text) => Write("warning", code, place, text);

    private void Write(string severity, string code, Place place, string text)
    {
        string line = $"{place}: {severity} {code}: {text.ReplaceLineEndings(" ").Trim()}";
        if (_said.Add(line))
        {
            output.WriteLine(line);
        }
    }
}

/// <summary>Where something is wrong.</summary>
/// <param name="File">An absolute path, or what a file that is on no disk is called.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Column">From 1; 0 for the line as a whole.</param>
internal readonly record struct Place(string File, int Line = 0, int Column = 0)
{
    public override string ToString() =>
        Line == 0 ? File
        : Column == 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}({Line})")
        : string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})");
}
