using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>Key of an IPv6 route trie.</summary>
[CName("prefix_v6")]
public struct PrefixKeyV6
{
    /// <summary>Bits, 0 to 128.</summary>
    public uint Length;

    public AddressWords Address;
}
