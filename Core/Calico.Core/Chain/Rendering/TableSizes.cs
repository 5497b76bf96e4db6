namespace Calico.Core.Chain.Rendering;

/// <summary>Entries of the spine's maps.</summary>
public sealed record TableSizes
{
    public uint FlowsV4 { get; init; } = 524_288;

    public uint FlowsV6 { get; init; } = 131_072;

    public uint Pending { get; init; } = 65_536;

    /// <summary>A power of two: an interface's slot is its index modulo this, unless that is taken.</summary>
    public uint Interfaces { get; init; } = 4_096;

    public uint Addresses { get; init; } = 262_144;

    public uint Prefixes { get; init; } = 131_072;
}
