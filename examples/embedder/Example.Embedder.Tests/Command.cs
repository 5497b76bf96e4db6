using System.Diagnostics;

namespace Example.Embedder.Tests;

/// <summary>Runs a command to its end.</summary>
internal static class Command
{
    public static string Run(params string[] command)
    {
        (int exitCode, string output) = Try(command);
        return exitCode == 0 ? output : throw new InvalidOperationException($"`{string.Join(' ', command)}` ended with {exitCode}: {output}");
    }

    /// <summary>Its exit code, and what it printed.</summary>
    public static (int ExitCode, string Output) Try(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
