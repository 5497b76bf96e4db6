namespace Calico.Agent.CommandLine;

/// <summary>What the process says to its caller when it ends. From 64 on as in <c>sysexits.h</c>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The question's answer is no, or what was asked for failed.</summary>
    public const int Failure = 1;

    /// <summary>EX_USAGE: the command line itself is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: no agent can be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a mistake of ours.</summary>
    public const int Software = 70;

    /// <summary>EX_CONFIG: the configuration is wrong.</summary>
    public const int Configuration = 78;
}
