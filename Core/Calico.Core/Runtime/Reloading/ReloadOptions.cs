namespace Calico.Core.Runtime;

/// <summary>How to reload.</summary>
public sealed record ReloadOptions
{
    /// <summary>
    /// How long the counters are watched after the swap. A tail call that finds its slot empty in this time puts the old
    /// generation back.
    /// </summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// True: a plugin that is refused is left out, as at the start of an agent. False: it keeps everything as it was,
    /// unless it was refused before for the same reason.
    /// </summary>
    public bool RunWithoutRefused { get; init; }
}
