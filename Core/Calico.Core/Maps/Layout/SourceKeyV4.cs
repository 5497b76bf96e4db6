using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>Key of the trie of prefixes that a workload may send from beside its own addresses.</summary>
[CName("source_v4")]
public struct SourceKeyV4
{
    /// <summary>Bits: 32 for the slot, and the prefix length.</summary>
    public uint Length;

    /// <summary>The workload's interface slot, network byte order.</summary>
    public uint Slot;

    public uint Address;
}
