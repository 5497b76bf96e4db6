using System.Globalization;
using System.Text.RegularExpressions;

namespace Calico.Core.Compile;

/// <summary>Reads the kernel's verifier log against the templates and headers of the program it is about.</summary>
/// <remarks>
/// Since 6.10 the kernel prints <c>; text @ file:line</c> in front of the instructions of each source line, of the file
/// only the name without folders; before, only <c>; text</c>. So the file is found by its name, and the text decides where
/// several files have one name (or where there is no name).
/// </remarks>
public static partial class VerifierLogReader
{
    /// <param name="program">The program's name.</param>
    /// <param name="log">The verifier's log.</param>
    /// <param name="source">What the program was compiled from.</param>
    /// <param name="headers">What it could include.</param>
    public static VerifierRejection Read(string program, string log, RenderedSource source, HeaderSet headers)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(headers);
        var lines = log.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var files = new KnownFiles(source, headers);
        var places = lines.Select(Place).OfType<(string Text, string? File, int Line)>()
            .Select(place => (place.Text, Known: files.Find(place.Text, place.File, place.Line), place.File, place.Line)).ToList();

        var reason = Reason(lines);
        var last = places.Count > 0 ? places[^1] : default;
        // A line that is nobody's is still a place.
        var known = last.Known ?? (last.File is null ? null : new SourceLine(last.File, last.Line, ""));
        var owner = known is { Owner.Length: > 0 } ? known.Value.Owner : null;
        var via = owner == "core" ? places.Select(place => place.Known).LastOrDefault(place => place is { Owner: not "core" }) : null;
        return new VerifierRejection(
            program, reason, VerifierAdvice.For(reason), known?.File, known?.Line ?? 0, last.Text, owner, via, log);
    }

    private static (string Text, string? File, int Line)? Place(string line)
    {
        if (!line.StartsWith(';'))
        {
            return null;
        }

        var match = SourceWithPlace().Match(line);
        return match.Success
            ? (match.Groups["text"].Value.Trim(), match.Groups["file"].Value, int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture))
            : (line[1..].Trim(), null, 0);
    }

    /// <summary>What stands behind the last instruction, without statistics.</summary>
    private static string Reason(string[] lines)
    {
        var complaints = new List<string>();
        foreach (var line in lines)
        {
            if (Trace().IsMatch(line))
            {
                complaints.Clear();
            }
            else if (!Footer().IsMatch(line))
            {
                complaints.Add(line);
            }
        }

        return complaints.Count > 0 ? string.Join("; ", complaints) : "it gives no reason";
    }

    [GeneratedRegex(@"^;(?<text>.*) @ (?<file>[^@]+):(?<line>\d+)$")]
    private static partial Regex SourceWithPlace();

    // Instructions ("12: (71) r0 = …"), states ("12: R0=…", "from 4 to 9: …") and the source lines in front of them.
    [GeneratedRegex(@"^(;|\d+: |from \d+ to \d+|mark_precise: |(last|first)_idx |regs=|parent |caller:|callee:|frame\d+: |R\d+(_\w+)?=|propagating |returning from callee|Func#\d+ |func#\d+ |Validating \S+ func)")]
    private static partial Regex Trace();

    [GeneratedRegex(@"^(processed \d+ insns|verification time|stack depth|insns_processed|max_states_per_insn|-- (BEGIN|END) |(cur|old) state:|arg#\d+ reference type)")]
    private static partial Regex Footer();
}
