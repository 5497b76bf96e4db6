namespace Calico.Core.Resources.Documents;

/// <summary>Bounds on what a text may unfold to, so that no file can take the agent's memory or stack.</summary>
public sealed record DocumentLimits
{
    /// <summary>How many values one text may hold, counted after aliases are replaced: an alias bomb of 1 KB holds billions.</summary>
    public int MaxNodes { get; init; } = 1_000_000;

    /// <summary>How deep values may be nested. Calico's deepest kind has 9 levels; reading is recursive.</summary>
    public int MaxDepth { get; init; } = 64;
}
