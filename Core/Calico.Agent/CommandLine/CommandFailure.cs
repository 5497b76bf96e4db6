namespace Calico.Agent.CommandLine;

/// <summary>Ends a command: the sentence goes to standard error, the code to the caller.</summary>
internal sealed class CommandFailure(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode { get; } = exitCode;
}
