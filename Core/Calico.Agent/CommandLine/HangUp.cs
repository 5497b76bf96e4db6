namespace Calico.Agent.CommandLine;

/// <summary>What SIGHUP means instead of the end: to a process that runs an agent, "read your configuration again".</summary>
internal sealed class HangUp : IDisposable
{
    // A process has one SIGHUP.
    private static volatile Action? s_meaning;

    /// <summary>Gives it a meaning until this is disposed.</summary>
    public HangUp(Action meaning) => s_meaning = meaning;

    /// <summary>Does what it means; false where it means the end.</summary>
    public static bool Do()
    {
        Action? meaning = s_meaning;
        meaning?.Invoke();
        return meaning is not null;
    }

    public void Dispose() => s_meaning = null;
}
