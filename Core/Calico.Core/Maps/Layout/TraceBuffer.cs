using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>The steps of one packet after the other, on one processor: whoever reads them empties it.</summary>
[CName("trace_buffer")]
public struct TraceBuffer
{
    /// <summary>Steps taken; those beyond the room are lost.</summary>
    public uint Count;

    public uint Reserved;

    public TraceRecords Records;
}

/// <summary>The room of a <see cref="TraceBuffer"/>: a packet that meets 32 programs with some notes each.</summary>
[InlineArray(Size)]
public struct TraceRecords
{
    public const int Size = 256;

    private TraceRecord _record;
}
