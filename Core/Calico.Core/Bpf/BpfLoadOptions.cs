namespace Calico.Core.Bpf;

/// <summary>What a program is to the kernel.</summary>
/// <param name="Type">The program type.</param>
/// <param name="ExpectedAttachType">The attach type it is verified for; 0 for the types that have none, and for TC programs that serve both directions.</param>
/// <param name="Flags">BPF_F_… of program loading.</param>
public sealed record ProgramKind(ProgramType Type, uint ExpectedAttachType = 0, uint Flags = 0)
{
    /// <summary>A netfilter program. libbpf before 1.3 does not know the section.</summary>
    public static ProgramKind Netfilter { get; } = new(ProgramType.Netfilter, ExpectedAttachType: 45);
}

/// <summary>How an object is loaded.</summary>
public sealed record BpfLoadOptions
{
    /// <summary>Plain loading.</summary>
    public static BpfLoadOptions Default { get; } = new();

    /// <summary>Program kinds by section name, for sections that libbpf does not know or judges differently.</summary>
    public IReadOnlyDictionary<string, ProgramKind> Sections { get; init; } = new Dictionary<string, ProgramKind>
    {
        ["netfilter"] = ProgramKind.Netfilter,
    };

    /// <summary>Names of the programs to load; null for all.</summary>
    public IReadOnlySet<string>? Programs { get; init; }
}
