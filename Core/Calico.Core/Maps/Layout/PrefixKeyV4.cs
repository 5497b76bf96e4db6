using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>Key of an IPv4 route trie.</summary>
[CName("prefix_v4")]
public struct PrefixKeyV4
{
    /// <summary>Bits, 0 to 32.</summary>
    public uint Length;

    /// <summary>Network byte order.</summary>
    public uint Address;
}
