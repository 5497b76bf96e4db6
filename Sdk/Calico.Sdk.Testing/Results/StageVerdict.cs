namespace Calico.Sdk.Testing;

/// <summary>What a stage returned.</summary>
public enum StageVerdict
{
    /// <summary>Nothing that is a verdict: the packet is dropped as NOT_DECIDED.</summary>
    Undecided = 0,

    /// <summary><c>stage_next(pkt)</c>.</summary>
    Next = 1,

    /// <summary><c>stage_drop(pkt, DROP_…)</c>.</summary>
    Drop = 2,
}
