namespace Calico.Core.Bpf;

/// <summary>How a test run differs from a plain one; the numbers are the kernel's.</summary>
[Flags]
public enum TestRunModes
{
    /// <summary>A plain run: the result is copied back.</summary>
    None = 0,

    /// <summary>Run on <see cref="TestRunRequest.Cpu"/> (raw tracepoints only).</summary>
    OnCpu = 1,

    /// <summary>XDP: the frames really go where the verdict sends them; nothing is copied back.</summary>
    LiveFrames = 2,

    /// <summary>TC: run with a full checksum and fail when the program spoils it.</summary>
    ChecksumComplete = 4,
}

/// <summary>One run of a program on input that we choose.</summary>
public sealed record TestRunRequest
{
    /// <summary>The packet, from its Ethernet header on; empty for a program without packets.</summary>
    public ReadOnlyMemory<byte> Packet { get; init; }

    /// <summary>How often to run. The packet is not restored between the rounds.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>How to run.</summary>
    public TestRunModes Modes { get; init; }

    /// <summary>Frames a batch with <see cref="TestRunModes.LiveFrames"/>; 0 for the kernel's choice.</summary>
    public uint BatchSize { get; init; }

    /// <summary>The CPU for <see cref="TestRunModes.OnCpu"/>.</summary>
    public uint Cpu { get; init; }

    /// <summary>Context of a TC program.</summary>
    public SkbContext? Skb { get; init; }

    /// <summary>Context of an XDP program.</summary>
    public XdpContext? Xdp { get; init; }

    /// <summary>Context as bytes, for programs that have neither packet context: a syscall program reads and writes it.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>By how many bytes the packet may grow.</summary>
    public int Headroom { get; init; } = 512;
}

/// <summary>What a test run brought back.</summary>
public sealed record TestRunResult
{
    /// <summary>The program's return value: its verdict.</summary>
    public required int ReturnValue { get; init; }

    /// <summary>The packet as the program left it.</summary>
    public required ReadOnlyMemory<byte> Packet { get; init; }

    /// <summary>The mean time of a round, in whole nanoseconds.</summary>
    public required uint DurationNanoseconds { get; init; }

    /// <summary>Context of a TC program after the run.</summary>
    public SkbContext Skb { get; init; }

    /// <summary>Context of an XDP program after the run; only when one was given.</summary>
    public XdpContext Xdp { get; init; }

    /// <summary>Context of a program without packet context, as the program left it.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }
}
