namespace Calico.Lab;

/// <summary>Many `ip` commands in one process: a process for each would take most of the time of building a lab.</summary>
internal static class IpBatch
{
    /// <summary>Runs lines in the namespace of this process.</summary>
    internal static void Run(params IReadOnlyList<string> lines) => Run(lines, networkNamespace: null);

    /// <summary>Runs lines in a named namespace; the first that fails ends it.</summary>
    internal static void Run(IReadOnlyList<string> lines, string? networkNamespace)
    {
        if (lines.Count == 0)
        {
            return;
        }

        string[] inside = networkNamespace is null ? [] : ["-netns", networkNamespace];
        var result = CommandResult.Of(["ip", .. inside, "-batch", "-"], string.Join('\n', lines) + '\n');
        if (result.ExitCode != 0)
        {
            var where = networkNamespace is null ? string.Empty : $" in {networkNamespace}";
            throw new LabException($"'ip'{where} refused one of its commands: {result.Error.Trim().ReplaceLineEndings("; ")} ({FailedLine(result.Error, lines)})");
        }
    }

    // "Command failed -:3" is all that it says about the place.
    private static string FailedLine(string error, IReadOnlyList<string> lines)
    {
        const string marker = "Command failed -:";
        var at = error.IndexOf(marker, StringComparison.Ordinal);
        var digits = at < 0 ? string.Empty : new string([.. error[(at + marker.Length)..].TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, out var number) && number >= 1 && number <= lines.Count
            ? $"ip {lines[number - 1]}"
            : $"among {lines.Count} commands";
    }
}
