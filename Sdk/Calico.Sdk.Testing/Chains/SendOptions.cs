namespace Calico.Sdk.Testing;

/// <summary>How a packet is sent where the packet alone does not say it.</summary>
public sealed record SendOptions
{
    /// <summary>The hook that it meets; null: the one that its source address tells.</summary>
    public Hooks? Hook { get; init; }

    /// <summary>The interface on which that hook is; null: the one that the addresses tell.</summary>
    public TestInterface? Through { get; init; }

    /// <summary>The packet's mark (<c>skb->mark</c>) when it gets there.</summary>
    public uint Mark { get; init; }

    /// <summary>Of a packet that stands for many (GSO): the payload bytes of each segment; 0: it is one packet.</summary>
    public uint SegmentSize { get; init; }

    /// <summary>Of a packet that stands for many: how many.</summary>
    public uint Segments { get; init; }
}
