using System.ComponentModel;
using System.Diagnostics;

namespace Calico.Core.Attach;

/// <summary>Runs nft in the calling thread's network namespace.</summary>
internal static class NftCommand
{
    // A service's PATH may lack the folder of administrators' commands.
    private static readonly string[] Places = ["nft", "/usr/sbin/nft", "/sbin/nft"];

    /// <summary>What nft printed; null where it is not installed.</summary>
    /// <exception cref="GuardException">nft refused it.</exception>
    public static string? Run(string input, params string[] arguments)
    {
        var (started, exit, output, error) = TryRun(input, arguments);
        return !started ? null
            : exit == 0 ? output
            : throw new GuardException($"'nft {string.Join(' ', arguments)}' ended with exit code {exit}: {(error.Length > 0 ? error : output).Trim()}");
    }

    /// <summary>Whether nft is installed and succeeds.</summary>
    public static bool Succeeds(params string[] arguments) => TryRun("", arguments) is { Started: true, Exit: 0 };

    private static (bool Started, int Exit, string Output, string Error) TryRun(string input, string[] arguments)
    {
        foreach (var place in Places)
        {
            var start = new ProcessStartInfo(place, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["LC_ALL"] = "C" },
            };
            try
            {
                using var process = Process.Start(start)!;
                var output = process.StandardOutput.ReadToEndAsync();
                var error = process.StandardError.ReadToEndAsync();
                Feed(process, input);
                process.WaitForExit();
                return (true, process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
            }
            catch (Win32Exception)
            {
                // Not here.
            }
        }

        return (false, -1, "", "");
    }

    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }
}
