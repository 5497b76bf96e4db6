using System.Diagnostics;

namespace Calico.Kernel.Tests.Support;

/// <summary>Runs a command in the calling thread's namespaces and fails the test when the command fails.</summary>
internal static class Shell
{
    public static string Run(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"`{command} {string.Join(' ', arguments)}` ended with {process.ExitCode}: {errors.Result}{output}");
        return output;
    }

    /// <summary>Splits at blanks: for commands without quoted arguments.</summary>
    public static string Run(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Run(words[0], words[1..]);
    }
}
