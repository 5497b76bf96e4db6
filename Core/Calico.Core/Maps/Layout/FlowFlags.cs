using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What is true of a whole flow.</summary>
[Flags]
[CName("flow_flags")]
public enum FlowFlags : byte
{
    None = 0,

    /// <summary>The initiator is the key's higher end.</summary>
    InitiatorIsHigh = 1,

    /// <summary>The flow was first seen at an egress hook: the host's stack made or forwarded it, so replies go there.</summary>
    FromStack = 2,

    /// <summary>One of a linked pair: its packets are rewritten, and the partner holds the other direction.</summary>
    Translated = 4,

    /// <summary>Of the pair, the one that holds replies.</summary>
    ReplyHalf = 8,
}
