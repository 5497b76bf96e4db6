namespace Calico.Core.Bpf;

/// <summary>What the kernel tells about a loaded program.</summary>
public sealed record ProgramInfo
{
    /// <summary>The kernel's id, unique among the programs that are loaded now.</summary>
    public required uint Id { get; init; }

    /// <summary>The name, cut to 15 characters by the kernel.</summary>
    public required string Name { get; init; }

    /// <summary>The program's type.</summary>
    public required ProgramType Type { get; init; }

    /// <summary>Hash of the instructions, as hexadecimal digits.</summary>
    public required string Tag { get; init; }

    /// <summary>Bytes of machine code; 0 without the JIT.</summary>
    public required uint JitedSize { get; init; }

    /// <summary>Bytes of eBPF code after the verifier's rewriting.</summary>
    public required uint TranslatedSize { get; init; }

    /// <summary>Instructions that the verifier walked: its budget is one million.</summary>
    public required uint VerifiedInstructions { get; init; }

    /// <summary>Time spent in the program; counts only while statistics are on.</summary>
    public required TimeSpan RunTime { get; init; }

    /// <summary>Runs of the program; counts only while statistics are on.</summary>
    public required ulong RunCount { get; init; }

    /// <summary>When it was loaded, as time since boot.</summary>
    public required TimeSpan LoadedSinceBoot { get; init; }

    /// <summary>The ids of the maps it uses.</summary>
    public required IReadOnlyList<uint> MapIds { get; init; }
}
