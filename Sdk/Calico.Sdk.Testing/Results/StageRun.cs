namespace Calico.Sdk.Testing;

/// <summary>One stage that a packet met.</summary>
/// <param name="Name">The stage.</param>
/// <param name="PluginId">Its plugin.</param>
/// <param name="Verdict">What it said.</param>
/// <param name="DropReason">Why it dropped, without DROP_; null where it did not.</param>
public sealed record StageRun(string Name, string PluginId, StageVerdict Verdict, string? DropReason)
{
    /// <summary>The stage in words.</summary>
    /// <returns>Such as <c>ratelimit → drop (RATE_LIMITED)</c>.</returns>
    public override string ToString() => Verdict switch
    {
        StageVerdict.Next => $"{Name} → next",
        StageVerdict.Drop => $"{Name} → drop ({DropReason})",
        _ => $"{Name} → no verdict",
    };
}
