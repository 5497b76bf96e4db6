using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>What drops are counted by.</summary>
[CName("drop_key")]
public struct DropKey
{
    public uint Ifindex;

    /// <summary>The reason's number in the plan.</summary>
    public ushort Reason;

    /// <summary>The hook's number.</summary>
    public byte Hook;

    /// <summary>4 or 6; 0 where the packet was neither.</summary>
    public byte Family;
}
