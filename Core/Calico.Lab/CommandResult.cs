using System.ComponentModel;
using System.Diagnostics;

namespace Calico.Lab;

/// <summary>What a command that ran to its end left.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">0 is success.</param>
/// <param name="Output">Everything on standard output.</param>
/// <param name="Error">Everything on standard error.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>This result, or an exception that shows what the command said.</summary>
    public CommandResult OrThrow() => ExitCode == 0
        ? this
        : throw new LabException($"'{Command}' ended with exit code {ExitCode}: {(Error.Length > 0 ? Error : Output).Trim()}");

    /// <summary>Runs a command in the namespaces of this process and waits for its end.</summary>
    internal static CommandResult Of(IReadOnlyList<string> command, string? input = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;

            // Both streams at once: a command that fills one while we read the other would wait for ever.
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            Feed(process, input);
            process.WaitForExit();
            return new CommandResult(string.Join(' ', command), process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            throw new LabException($"Could not start '{command[0]}': {missing.Message}. Install the package that has it (iproute2 for ip, util-linux for nsenter).", missing);
        }
    }

    private static void Feed(Process process, string? input)
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
