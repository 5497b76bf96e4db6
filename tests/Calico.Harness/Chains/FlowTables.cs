using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk.Testing;

namespace Calico.Harness.Chains;

/// <summary>The four flow tables as a test reads and writes them.</summary>
public sealed class FlowTables
{
    private readonly MapSet _maps;
    private readonly int _ticksPerSecond;

    internal FlowTables(MapSet maps, int ticksPerSecond)
    {
        _maps = maps;
        _ticksPerSecond = ticksPerSecond;
    }

    /// <summary>All entries of all tables.</summary>
    public IReadOnlyList<HarnessFlow> All =>
        [.. Read("flows_v4"), .. Read("flows_v6"), .. Read("pending_v4"), .. Read("pending_v6")];

    /// <summary>The only entry that there is.</summary>
    public HarnessFlow Only => All is [var flow]
        ? flow : throw new InvalidOperationException($"There should be one flow; there are {All.Count}.");

    /// <summary>Overwrites an entry's value.</summary>
    public void Write(HarnessFlow flow, FlowEntry entry)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _maps[flow.Table].Update(flow.Key, MemoryMarshal.AsBytes(new ReadOnlySpan<FlowEntry>(in entry)));
    }

    public void Delete(HarnessFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _maps[flow.Table].Delete(flow.Key);
    }

    /// <summary>Moves what an entry remembers into the past, as if nothing had come for that long.</summary>
    public void Age(HarnessFlow flow, TimeSpan by)
    {
        ArgumentNullException.ThrowIfNull(flow);
        // By way of a signed number: negative makes it younger.
        Write(flow, FlowAging.Older(flow.Entry, (uint)(long)(by.TotalSeconds * _ticksPerSecond)));
    }

    /// <summary>Ages every entry.</summary>
    public void AgeAll(TimeSpan by)
    {
        foreach (var flow in All)
        {
            Age(flow, by);
        }
    }

    /// <summary>Deletes every entry.</summary>
    public void Clear()
    {
        foreach (var flow in All)
        {
            Delete(flow);
        }
    }

    private List<HarnessFlow> Read(string table)
    {
        List<HarnessFlow> found = [];
        var v6 = table.EndsWith("_v6", StringComparison.Ordinal);
        var address = v6 ? 16 : 4;
        MapReader reader = new(_maps[table]);
        while (reader.ReadBatch())
        {
            for (var i = 0; i < reader.Count; i++)
            {
                var key = reader.Key(i);
                var ports = key[(2 * address)..];
                found.Add(new HarnessFlow
                {
                    Pending = table.StartsWith("pending", StringComparison.Ordinal),
                    IsV6 = v6,
                    Low = new IPEndPoint(new IPAddress(key[..address]), BinaryPrimitives.ReadUInt16BigEndian(ports)),
                    High = new IPEndPoint(new IPAddress(key[address..(2 * address)]), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])),
                    Protocol = ports[4],
                    Key = key.ToArray(),
                    Value = reader.Value(i).ToArray(),
                });
            }
        }

        return found;
    }
}
