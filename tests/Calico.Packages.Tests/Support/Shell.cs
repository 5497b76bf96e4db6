using System.Diagnostics;

namespace Calico.Packages.Tests;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal static class Shell
{
    // A build that waits for something that never comes would hold up all tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<Result> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the runner of these tests set for itself is not for the builds (MSBuild reads it as properties).
        foreach (string name in new[] { "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "CALICO_SDK_PLUGIN_FOLDERS" })
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new Result(process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} did not end within {Patience}.");
        }
    }

    internal sealed record Result(int ExitCode, string Text)
    {
        public Result MustSucceed() => ExitCode == 0 ? this : throw new InvalidOperationException($"It ended with exit code {ExitCode}:\n{Text}");

        public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        /// <summary>What a build says twice (when it happens, and in its summary) once.</summary>
        public IReadOnlyList<string> LinesWith(string word) =>
            [.. Lines.Where(line => line.Contains(word, StringComparison.Ordinal)).Distinct()];
    }
}
