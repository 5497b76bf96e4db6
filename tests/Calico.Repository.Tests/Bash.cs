using System.Diagnostics;

namespace Calico.Repository.Tests;

/// <summary>Runs lines of bash, for the tests of the scripts.</summary>
internal static class Bash
{
    public static async Task<Result> Run(string lines, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("bash", ["-c", lines])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Result(process.ExitCode, (await output).TrimEnd(), (await error).TrimEnd());
    }

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public string LastLine => Output.Split('\n')[^1];
    }
}
