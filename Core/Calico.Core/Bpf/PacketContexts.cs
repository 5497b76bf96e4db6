using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Calico.Core.Bpf;

/// <summary>The fields of <c>__sk_buff</c> that a test run takes in and gives back, laid out as the kernel has them.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
public struct SkbContext
{
    /// <summary>The packet's mark.</summary>
    [FieldOffset(8)] public uint Mark;

    /// <summary>The packet's priority.</summary>
    [FieldOffset(32)] public uint Priority;

    /// <summary>The interface through which the packet came in.</summary>
    [FieldOffset(36)] public uint IngressIfindex;

    /// <summary>The interface on which the program runs, in the caller's network namespace; 0 means loopback.</summary>
    [FieldOffset(40)] public uint Ifindex;

    /// <summary>The five words that one program may leave to the next.</summary>
    [FieldOffset(48)] public ControlBlock Cb;

    /// <summary>The packet's time stamp.</summary>
    [FieldOffset(152)] public ulong Timestamp;

    /// <summary>Length on the wire, headers of all segments included.</summary>
    [FieldOffset(160)] public uint WireLength;

    /// <summary>Number of segments that the packet stands for.</summary>
    [FieldOffset(164)] public uint GsoSegments;

    /// <summary>Payload bytes of each segment.</summary>
    [FieldOffset(176)] public uint GsoSize;

    /// <summary>The hardware's time stamp.</summary>
    [FieldOffset(184)] public ulong HardwareTimestamp;

    /// <summary><c>__sk_buff::cb</c>.</summary>
    [InlineArray(5)]
    public struct ControlBlock
    {
        private uint _first;
    }
}

/// <summary><c>struct xdp_md</c>: the context of an XDP program in a test run.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct XdpContext
{
    /// <summary>Offset of the packet behind the metadata.</summary>
    public uint Data;

    /// <summary>Offset of the packet's end; a test run fills it in when it is 0.</summary>
    public uint DataEnd;

    /// <summary>Offset of the metadata.</summary>
    public uint DataMeta;

    /// <summary>The interface through which the packet came in; it must have the receive queue of <see cref="ReceiveQueue"/>.</summary>
    public uint IngressIfindex;

    /// <summary>The receive queue.</summary>
    public uint ReceiveQueue;

    /// <summary>The interface of a devmap program; not settable in a test run.</summary>
    public uint EgressIfindex;
}
