using System.Globalization;
using System.Text.RegularExpressions;

namespace Calico.Core.Compile;

/// <summary>Reads clang's text diagnostics, with carets and colours switched off.</summary>
internal static partial class DiagnosticParser
{
    public static IReadOnlyList<CompileDiagnostic> Parse(string output, Func<string, string?> ownerOf)
    {
        var found = new List<CompileDiagnostic>();
        foreach (var line in output.Split('\n'))
        {
            var match = Located().Match(line);
            if (!match.Success)
            {
                match = Unlocated().Match(line);
            }

            if (match.Success)
            {
                var file = match.Groups["file"].Value;
                found.Add(new CompileDiagnostic(
                    SeverityOf(match.Groups["severity"].Value),
                    file,
                    Number(match.Groups["line"]),
                    Number(match.Groups["column"]),
                    match.Groups["message"].Value.Trim(),
                    file.Length == 0 ? null : ownerOf(file)));
            }
        }

        return found;
    }

    private static DiagnosticSeverity SeverityOf(string word) => word switch
    {
        "note" or "remark" => DiagnosticSeverity.Note,
        "warning" => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };

    private static int Number(Group group) =>
        group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d+):(?<column>\d+): (?<severity>fatal error|error|warning|note|remark): (?<message>.*)$")]
    private static partial Regex Located();

    // The driver's own ("clang-19: error: …") and the back end's without a place ("error: …").
    [GeneratedRegex(@"^(?:clang[^:]*: )?(?<severity>fatal error|error|warning|note): (?<message>.*)$")]
    private static partial Regex Unlocated();
}
