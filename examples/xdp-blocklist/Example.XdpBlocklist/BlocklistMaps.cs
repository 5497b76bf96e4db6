using Calico.Sdk;

namespace Example.XdpBlocklist;

/// <summary>The parts of the list: also the indexes of the counters.</summary>
public enum BlocklistPart : uint
{
    AddressesV4,
    PrefixesV4,
    AddressesV6,
    PrefixesV6,
}

/// <summary>The maps that the stage looks into. Their values are the number of the load that wrote them last.</summary>
internal sealed record BlocklistMaps(
    MapHandle<uint, uint> AddressesV4,
    MapHandle<PrefixV4, uint> PrefixesV4,
    MapHandle<AddressV6, uint> AddressesV6,
    MapHandle<PrefixV6, uint> PrefixesV6,
    MapHandle<uint, ulong> Dropped);

/// <summary>What the operator set.</summary>
internal sealed record BlocklistSettings(string File, TimeSpan Poll);

/// <summary>A trie's key begins with its length in bits; the address is in network byte order.</summary>
[CName("blocked_prefix_v4")]
public record struct PrefixV4(uint Length, uint Address);

/// <summary>As <see cref="PrefixV4"/>.</summary>
[CName("blocked_prefix_v6")]
public record struct PrefixV6(uint Length, AddressV6 Address);

/// <summary>Four words in network byte order.</summary>
[CName("blocked_address_v6")]
public record struct AddressV6(uint First, uint Second, uint Third, uint Fourth);
