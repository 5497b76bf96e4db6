using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>The edge of a chain at which a tail call found its slot empty.</summary>
[CName("missed_call")]
public struct MissedCallKey
{
    public ushort Hook;

    /// <summary>The slot of the program that called; 65535 for an entry program.</summary>
    public ushort From;

    /// <summary>The slot that was empty.</summary>
    public ushort To;

    public ushort Reserved;
}
