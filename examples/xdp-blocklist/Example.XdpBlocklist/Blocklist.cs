using System.Diagnostics;
using System.Runtime.InteropServices;
using Calico.Sdk;
using Calico.Sdk.Net;

namespace Example.XdpBlocklist;

/// <summary>What the last load found.</summary>
internal sealed record BlocklistLoad(DateTimeOffset At, TimeSpan Took, long BadCount, IReadOnlyList<BadLine> Bad);

/// <summary>Brings the maps to what the list says. Used by one thread at a time; <see cref="Last"/> by any.</summary>
internal sealed class Blocklist(IPluginMaps maps, BlocklistMaps handles, TimeProvider time)
{
    // Enough that writing them is cheap, few enough that a list of any size needs little memory.
    private const int Chunk = 16_384;
    private uint _load = (uint)Environment.TickCount;

    /// <summary>The last load; null before the first.</summary>
    public BlocklistLoad? Last { get; private set; }

    /// <summary>
    /// Loads a list. Entries are written first and those that are gone removed afterwards, so what stays on the list is
    /// blocked at every moment.
    /// </summary>
    /// <exception cref="MapException">The list is longer than the maps; what was on the old list and the lines before are blocked.</exception>
    public void Load(TextReader list, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        _load++;
        var reader = new ListReader();
        foreach (IpNetwork[] networks in reader.Read(list).Chunk(Chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(networks);
        }

        RemoveOld(maps.Open(handles.AddressesV4));
        RemoveOld(maps.Open(handles.PrefixesV4));
        RemoveOld(maps.Open(handles.AddressesV6));
        RemoveOld(maps.Open(handles.PrefixesV6));
        Last = new BlocklistLoad(time.GetUtcNow(), Stopwatch.GetElapsedTime(began), reader.BadCount, reader.Bad);
    }

    private void Write(IpNetwork[] networks)
    {
        ILookup<BlocklistPart, IpNetwork> parts = networks.ToLookup(network =>
            network.IsIPv6 ? network.IsSingleAddress ? BlocklistPart.AddressesV6 : BlocklistPart.PrefixesV6
            : network.IsSingleAddress ? BlocklistPart.AddressesV4 : BlocklistPart.PrefixesV4);
        maps.Open(handles.AddressesV4).SetMany(Entries(parts[BlocklistPart.AddressesV4], Words));
        maps.Open(handles.PrefixesV4).SetMany(Entries(parts[BlocklistPart.PrefixesV4], network => new PrefixV4((uint)network.PrefixLength, Words(network))));
        maps.Open(handles.AddressesV6).SetMany(Entries(parts[BlocklistPart.AddressesV6], Words6));
        maps.Open(handles.PrefixesV6).SetMany(Entries(parts[BlocklistPart.PrefixesV6], network => new PrefixV6((uint)network.PrefixLength, Words6(network))));
    }

    private IEnumerable<KeyValuePair<TKey, uint>> Entries<TKey>(IEnumerable<IpNetwork> networks, Func<IpNetwork, TKey> key) =>
        networks.Select(network => KeyValuePair.Create(key(network), _load));

    private void RemoveOld<TKey>(IPluginMap<TKey, uint> map)
        where TKey : unmanaged
    {
        List<TKey> old = [.. map.Entries().Where(entry => entry.Value != _load).Select(entry => entry.Key)];
        map.RemoveMany(old);
    }

    private static uint Words(IpNetwork network)
    {
        uint word = 0;
        network.WriteAddress(MemoryMarshal.AsBytes(new Span<uint>(ref word)));
        return word;
    }

    private static AddressV6 Words6(IpNetwork network)
    {
        AddressV6 words = default;
        network.WriteAddress(MemoryMarshal.AsBytes(new Span<AddressV6>(ref words)));
        return words;
    }
}
