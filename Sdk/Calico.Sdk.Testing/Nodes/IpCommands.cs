using System.Diagnostics;

namespace Calico.Sdk.Testing;

/// <summary>Runs `ip -batch` in the calling thread's network namespace.</summary>
internal static class IpCommands
{
    public static void Run(IEnumerable<string> lines)
    {
        ProcessStartInfo start = new("ip", ["-batch", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Start(start);
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

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new ChainStartException("The command `ip`, which makes the test's network interfaces, could not be run. Install it: apt-get install iproute2.", missing);
        }
    }
}
