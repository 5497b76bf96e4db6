using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>One step of a traced packet.</summary>
[CName("trace_record")]
public struct TraceRecord
{
    /// <summary>CLOCK_MONOTONIC, in nanoseconds.</summary>
    public ulong At;

    public ulong A;

    public ulong B;

    /// <summary>Of a program, a stage, a note or a way, as <see cref="Kind"/> says.</summary>
    public ushort Number;

    /// <summary>A drop reason's number; 0 where nothing was dropped.</summary>
    public ushort Reason;

    /// <summary>A <see cref="TraceKind"/>.</summary>
    public byte Kind;

    /// <summary>What the stage returned: STAGE_NEXT, STAGE_DROP or STAGE_UNDECIDED in C.</summary>
    public byte Verdict;

    /// <summary>The hook's number.</summary>
    public byte Hook;

    /// <summary>4 or 6; 0 in the entry program.</summary>
    public byte Family;
}
