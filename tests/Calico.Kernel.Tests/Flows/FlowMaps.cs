using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Flows;

/// <summary>The spine's maps, with entries as the programs would have made them.</summary>
internal sealed class FlowMaps : IDisposable
{
    private readonly KernelClock _clock = new();

    public FlowMaps(TableSizes? sizes = null)
    {
        Settings = new ChainSettings
        {
            TicksPerSecond = new KernelFeatures().JiffiesPerSecond,
            Tables = sizes ?? new TableSizes { FlowsV4 = 16_384, FlowsV6 = 16_384, Pending = 4_096 },
        };
        Maps.Ensure(SpineMaps.All(Settings.Tables));
    }

    public MapSet Maps { get; } = new(null);

    public ChainSettings Settings { get; }

    public ChainPlan Plan { get; init; } = ChainPlanner.Plan([], ChainRecord.Empty).Plan!;

    /// <summary>A tick so long ago.</summary>
    public uint Ticks(TimeSpan ago = default) => (uint)_clock.Now().Jiffies - (uint)(ago.TotalSeconds * Settings.TicksPerSecond);

    public static FlowRewrite Tuple(string source, string destination)
    {
        var (from, to) = (IPEndPoint.Parse(source), IPEndPoint.Parse(destination));
        return new FlowRewrite
        {
            Source = Words(from.Address),
            Destination = Words(to.Address),
            SourcePort = BinaryPrimitives.ReverseEndianness((ushort)from.Port),
            DestinationPort = BinaryPrimitives.ReverseEndianness((ushort)to.Port),
        };
    }

    /// <summary>The IPv4 key of a tuple, written down here a second time: the lower end is the one with the smaller word in memory.</summary>
    public static (FlowKeyV4 Key, bool SenderIsHigh) KeyV4(FlowRewrite tuple, byte protocol)
    {
        bool high = (tuple.Source[0], tuple.SourcePort).CompareTo((tuple.Destination[0], tuple.DestinationPort)) > 0;
        var key = new FlowKeyV4 { LowAddress = tuple.Source[0], LowPort = tuple.SourcePort, HighAddress = tuple.Destination[0], HighPort = tuple.DestinationPort, Protocol = protocol };
        return high
            ? (new FlowKeyV4 { LowAddress = key.HighAddress, LowPort = key.HighPort, HighAddress = key.LowAddress, HighPort = key.LowPort, Protocol = protocol }, true)
            : (key, false);
    }

    public static (FlowKeyV6 Key, bool SenderIsHigh) KeyV6(FlowRewrite tuple, byte protocol)
    {
        Span<ulong> source = MemoryMarshal.Cast<uint, ulong>((Span<uint>)tuple.Source), destination = MemoryMarshal.Cast<uint, ulong>((Span<uint>)tuple.Destination);
        bool high = (source[0], source[1], tuple.SourcePort).CompareTo((destination[0], destination[1], tuple.DestinationPort)) > 0;
        return high
            ? (new FlowKeyV6 { LowAddress = tuple.Destination, LowPort = tuple.DestinationPort, HighAddress = tuple.Source, HighPort = tuple.SourcePort, Protocol = protocol }, true)
            : (new FlowKeyV6 { LowAddress = tuple.Source, LowPort = tuple.SourcePort, HighAddress = tuple.Destination, HighPort = tuple.DestinationPort, Protocol = protocol }, false);
    }

    /// <summary>Writes a flow as its initiator's first packet and the replies would have; gives the entry's tables their family by the address.</summary>
    public void Add(string table, string source, string destination, byte protocol, FlowEntry entry, FlowDirection forward, FlowDirection reply)
    {
        var tuple = Tuple(source, destination);
        if (table.EndsWith("v4", StringComparison.Ordinal))
        {
            var (key, high) = KeyV4(tuple, protocol);
            Maps.Typed<FlowKeyV4, FlowEntry>(table).Set(key, Oriented(entry, high, forward, reply));
        }
        else
        {
            var (key, high) = KeyV6(tuple, protocol);
            Maps.Typed<FlowKeyV6, FlowEntry>(table).Set(key, Oriented(entry, high, forward, reply));
        }
    }

    public void Add(string table, string source, string destination, byte protocol, FlowState state, TimeSpan idle = default) =>
        Add(table, source, destination, protocol, new FlowEntry { State = (byte)state, LastSeen = Ticks(idle) }, default, default);

    public void AddInterface(ushort slot, uint stamp) =>
        Maps.Typed<uint, InterfaceEntry>("interfaces").Set(slot, new InterfaceEntry { Ifindex = slot, Slot = slot, Stamp = stamp });

    public void Dispose()
    {
        _clock.Dispose();
        Maps.Dispose();
    }

    public static ChainPlan PlanWith(string plugin, params FieldDeclaration[] fields) =>
        ChainPlanner.Plan([new PluginDeclaration(plugin) { FlowFields = fields }], ChainRecord.Empty).Plan!;

    private static FlowEntry Oriented(FlowEntry entry, bool initiatorIsHigh, FlowDirection forward, FlowDirection reply)
    {
        entry.Flags |= initiatorIsHigh ? (byte)FlowFlags.InitiatorIsHigh : (byte)0;
        (entry.LowToHigh, entry.HighToLow) = initiatorIsHigh ? (reply, forward) : (forward, reply);
        return entry;
    }

    private static AddressWords Words(IPAddress address)
    {
        AddressWords words = default;
        address.GetAddressBytes().CopyTo(MemoryMarshal.AsBytes((Span<uint>)words));
        return words;
    }
}
