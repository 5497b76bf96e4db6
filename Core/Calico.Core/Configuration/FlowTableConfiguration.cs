using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>How large the flow tables are. The memory is taken when they are made.</summary>
public sealed record FlowTableConfiguration
{
    // Below this a hash map's own overhead is larger than its content; above it a table would take more than 12 GB.
    private const long Least = 1024;
    private const long Most = 67_108_864;

    public int MaxEntriesIPv4 { get; init; } = 524_288;

    public int MaxEntriesIPv6 { get; init; } = 131_072;

    /// <summary>How many flows may wait for an answer; more than that make room among themselves, and never at the cost of answered ones.</summary>
    public int MaxPending { get; init; } = 65_536;

    internal static FlowTableConfiguration Read(FieldReader table)
    {
        var defaults = new FlowTableConfiguration();
        var read = new FlowTableConfiguration
        {
            MaxEntriesIPv4 = (int)(table.Number("maxEntriesIpv4", Least, Most) ?? defaults.MaxEntriesIPv4),
            MaxEntriesIPv6 = (int)(table.Number("maxEntriesIpv6", Least, Most) ?? defaults.MaxEntriesIPv6),
            MaxPending = (int)(table.Number("maxPending", Least, Most) ?? defaults.MaxPending),
        };
        if (table.Has("maxPending") && read.MaxPending > Math.Max(read.MaxEntriesIPv4, read.MaxEntriesIPv6))
        {
            table.Error("maxPending", $"{read.MaxPending} is more than either table holds; flows that wait could then push out flows that were answered");
        }

        return read;
    }
}
