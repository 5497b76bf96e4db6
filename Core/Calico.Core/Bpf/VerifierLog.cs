namespace Calico.Core.Bpf;

/// <summary>Finds in the kernel's verifier log what a person wants to read first.</summary>
internal static class VerifierLog
{
    // What the verifier writes below its complaint: statistics, and libbpf's frame around the log.
    private static readonly string[] _footers = ["processed ", "verification time ", "stack depth ", "peak_states ", "mark_read ", "-- END ", "-- BEGIN ", "max_states_per_insn "];

    /// <summary>The last line that says why; null when the log says nothing.</summary>
    public static string? Complaint(string? log) =>
        Lines(log).LastOrDefault(line => !line.StartsWith(';') && !_footers.Any(footer => line.StartsWith(footer, StringComparison.Ordinal)));

    /// <summary>The source position of the last instruction that was looked at, "file.sbn:12"; null where the kernel does not print it (before 6.10).</summary>
    public static string? SourcePosition(string? log)
    {
        string? line = Lines(log).LastOrDefault(line => line.StartsWith(';') && line.Contains(" @ ", StringComparison.Ordinal));
        return line?[(line.LastIndexOf(" @ ", StringComparison.Ordinal) + 3)..].Trim();
    }

    private static string[] Lines(string? log) =>
        (log ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
