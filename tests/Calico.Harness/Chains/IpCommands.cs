using System.Diagnostics;

namespace Calico.Harness.Chains;

/// <summary>Runs `ip -batch` in the calling thread's network namespace.</summary>
internal static class IpCommands
{
    public static void Run(IEnumerable<string> lines)
    {
        ProcessStartInfo start = new("ip", ["-batch", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var text = string.Join('\n', lines) + "\n";
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"`ip -batch` ended with {process.ExitCode}: {errors}\nIt was given:\n{text}");
        }
    }
}
