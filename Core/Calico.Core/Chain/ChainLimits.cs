namespace Calico.Core.Chain;

/// <summary>How much room a chain has. All of these are errors at plan time, never at run time.</summary>
public static class ChainLimits
{
    /// <summary>
    /// Tail calls on the longest path. The kernel allows 33 (<c>MAX_TAIL_CALL_CNT</c>); one is left for a wrapper that
    /// enters the chain by a tail call, as the test kit and the benchmarks do.
    /// </summary>
    public const int TailCalls = 32;

    /// <summary>On-demand stages: one bit each in a 64-bit word of the flow.</summary>
    public const int StageBits = 64;

    /// <summary>All plugins' flow fields: what is left of a flow's second cache line, and what a tail-called stage gets copied.</summary>
    public const int FlowFieldBytes = 48;

    /// <summary>All plugins' packet metadata, in the per-CPU context.</summary>
    public const int PacketFieldBytes = 32;

    /// <summary>One claimed field.</summary>
    public const int FieldBytes = 16;

    /// <summary>Drop reasons below this number are the spine's; 0 means "not dropped".</summary>
    public const int FirstPluginDropReason = 64;

    /// <summary>A drop reason has 16 bits in the counters and in events.</summary>
    public const int LastDropReason = ushort.MaxValue;

    /// <summary>A stage, and a trace note, has 16 bits in the records of a trace.</summary>
    public const int LastTraceNumber = ushort.MaxValue;

    /// <summary>A plugin's id, and the name of a stage, a map, a field or a parameter.</summary>
    public const int NameLength = 32;
}
