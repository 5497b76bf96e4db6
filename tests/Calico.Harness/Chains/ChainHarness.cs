using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Runtime.Generations;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Harness.Chains;

/// <summary>
/// Whole chains in the real kernel: planned, rendered, compiled, verified, and entered packet by packet with
/// BPF_PROG_TEST_RUN, on a node of its own. A redirect shows as its verdict; nothing is really sent.
/// Any thread may use it, one at a time.
/// </summary>
public sealed class ChainHarness : IDisposable
{
    private readonly ChainHarnessOptions _options;

    public ChainHarness(ChainHarnessOptions? options = null)
    {
        _options = options ?? new ChainHarnessOptions();
        KernelFeatures kernel = new();
        var settings = _options.Settings with { TicksPerSecond = kernel.JiffiesPerSecond };
        var planned = ChainPlanner.Plan([.. _options.Plugins.Select(plugin => plugin.Declaration)], ChainRecord.Empty);
        if (!planned.Succeeded)
        {
            throw new InvalidOperationException(string.Join('\n', planned.Problems.Select(problem => problem.Sentence)));
        }

        var chains = ChainRenderer.Render(
            planned.Plan, settings, _options.Plugins.ToDictionary(plugin => plugin.Declaration.Id, plugin => plugin.Source), _options.Hooks);
        var compiler = ProgramCompiler.Default(Path.Combine(Path.GetTempPath(), "calico-harness-cache"));
        var objects = ChainCompiler.Compile(chains, compiler, _options.Cpu ?? (kernel.InstructionSetV4 ? "v4" : "v3"));
        try
        {
            Maps.Ensure([.. SpineMaps.All(settings.Tables), .. PluginMaps.Of(planned.Plan)]);
            Generation = GenerationLoader.Load(1, chains, objects, Maps);
            Node = new HarnessNode(settings.Tables.Interfaces);
            Flows = new FlowTables(Maps, settings.TicksPerSecond);
            WriteNode();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is loaded.</summary>
    public Generation Generation { get; } = null!;

    public ChainSettings Settings => Generation.Chains.Settings;

    public MapSet Maps { get; } = new(null);

    /// <summary>The interfaces, and the thread in whose namespace they are.</summary>
    public HarnessNode Node { get; } = null!;

    public FlowTables Flows { get; } = null!;

    /// <summary>Sends a packet through an interface's hook, with the Ethernet addresses that it has there.</summary>
    public SentPacket Send(Hooks hook, HarnessInterface through, PacketBuilder packet, uint mark = 0, uint gsoSize = 0, uint gsoSegments = 0) =>
        Send(hook, through, Framed(hook, through, packet), mark, gsoSize, gsoSegments);

    /// <summary>Sends a frame as it is.</summary>
    public SentPacket Send(Hooks hook, HarnessInterface through, byte[] frame, uint mark = 0, uint gsoSize = 0, uint gsoSegments = 0)
    {
        var dropsBefore = Drops();
        var missedBefore = MissedCalls();
        var sent = Run(hook, through, frame, mark, gsoSize, gsoSegments);
        var counted = Drops()
            .Where(drop => drop.Value != dropsBefore.GetValueOrDefault(drop.Key))
            .Select(drop => Generation.Plan.DropReasons.Single(reason => reason.Number == drop.Key).Name)
            .ToList();
        return sent with { DropReason = counted.Count == 0 ? null : counted.Single(), MissedCalls = (int)(MissedCalls() - missedBefore) };
    }

    /// <summary>Sends one of very many: nobody asks the counters why it was dropped.</summary>
    public SentPacket SendUncounted(Hooks hook, HarnessInterface through, PacketBuilder packet) =>
        Run(hook, through, Framed(hook, through, packet), 0, 0, 0);

    /// <summary>Dropped packets by the number of the reason.</summary>
    public IReadOnlyDictionary<int, ulong> Drops() =>
        new PerCpuMap<DropKey, PacketCount>(Maps["drops"]).Entries()
            .GroupBy(entry => (int)entry.Key.Reason)
            .ToDictionary(group => group.Key, group => group.Aggregate(0UL, (sum, entry) => entry.Value.Aggregate(sum, (all, one) => all + one.Packets)));

    /// <summary>Missed tail calls of all edges.</summary>
    public ulong MissedCalls() =>
        Maps.Typed<MissedCallKey, ulong>("missed_calls").Entries().Aggregate(0UL, (sum, entry) => sum + entry.Value);

    /// <summary>The interface map's entry.</summary>
    public InterfaceEntry Interface(HarnessInterface of) =>
        Maps.Typed<uint, InterfaceEntry>("interfaces")[(of ?? throw new ArgumentNullException(nameof(of))).Slot];

    /// <summary>Changes an interface's entry.</summary>
    public void SetInterface(HarnessInterface of, Func<InterfaceEntry, InterfaceEntry> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Maps.Typed<uint, InterfaceEntry>("interfaces")[of.Slot] = change(Interface(of));
    }

    /// <summary>Gives an interface another stamp, so that its flows are decided again.</summary>
    public void Restamp(HarnessInterface of) => SetInterface(of, entry => entry with { Stamp = NewStamp() });

    /// <summary>Says where one address is.</summary>
    public void SetAddress(string address, RouteKind kind, ushort slot = 0, string? nextHop = null)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        Maps[bytes.Length == 4 ? "addresses_v4" : "addresses_v6"].Update(bytes, Bytes(Route(kind, slot, nextHop)));
    }

    /// <summary>Says where a prefix is.</summary>
    public void SetRoute(string prefix, RouteKind kind, ushort slot = 0, string? nextHop = null)
    {
        var network = IPNetwork.Parse(prefix);
        var bytes = network.BaseAddress.GetAddressBytes();
        byte[] key = [.. BitConverter.GetBytes(network.PrefixLength), .. bytes];
        Maps[bytes.Length == 4 ? "routes_v4" : "routes_v6"].Update(key, Bytes(Route(kind, slot, nextHop)));
    }

    /// <summary>Forgets flows, drops and missed calls, and writes the node's entries anew.</summary>
    public void Reset()
    {
        Flows.Clear();
        foreach (var name in new[] { "drops", "missed_calls", "addresses_v4", "addresses_v6", "routes_v4", "routes_v6", "granted_sources_v4", "granted_sources_v6" })
        {
            DeleteAll(Maps[name]);
        }

        WriteNode();
    }

    public void Dispose()
    {
        Node?.Dispose();
        Generation?.Dispose();
        Maps.Dispose();
    }

    private static byte[] Framed(Hooks hook, HarnessInterface through, PacketBuilder packet)
    {
        ArgumentNullException.ThrowIfNull(through);
        ArgumentNullException.ThrowIfNull(packet);
        var (near, far) = (through.HostMac, through.PeerMac);
        var comesIn = (hook & Hooks.Egress) == 0;
        return (packet with { EthernetSource = comesIn ? far : near, EthernetDestination = comesIn ? near : far }).Build();
    }

    private SentPacket Run(Hooks hook, HarnessInterface through, byte[] frame, uint mark, uint gsoSize, uint gsoSegments)
    {
        ArgumentNullException.ThrowIfNull(through);
        TestRunRequest request = hook == Hooks.Xdp
            ? new() { Packet = frame, Xdp = new XdpContext { IngressIfindex = through.Ifindex } }
            : new()
            {
                Packet = frame,
                Skb = new SkbContext { Ifindex = through.Ifindex, Mark = mark, GsoSize = gsoSize, GsoSegments = gsoSegments },
            };
        var result = Node.Thread.Run(() => Generation.Hooks[hook].Entry.TestRun(request));
        return new SentPacket
        {
            Verdict = result.ReturnValue,
            DropReason = null,
            Packet = result.Packet.ToArray(),
            Mark = result.Skb.Mark,
            MissedCalls = 0,
        };
    }

    private static void DeleteAll(BpfMap map)
    {
        var key = new byte[map.Info.KeySize];
        while (map.NextKey([], key))
        {
            map.Delete(key);
        }
    }

    private void WriteNode()
    {
        var interfaces = Maps.Typed<uint, InterfaceEntry>("interfaces");
        interfaces[0] = new InterfaceEntry { Kind = (byte)InterfaceKind.Stack, Stamp = NewStamp(), Mtu = 65_536 };
        foreach (var entry in Node.Interfaces)
        {
            interfaces[entry.Slot] = EntryOf(entry);
            if (entry.Kind != InterfaceKind.Tunnel)
            {
                var kind = entry.Kind == InterfaceKind.Workload ? RouteKind.LocalWorkload : RouteKind.Host;
                SetAddress(entry.IPv4, kind, kind == RouteKind.LocalWorkload ? entry.Slot : (ushort)0);
                SetAddress(entry.IPv6, kind, kind == RouteKind.LocalWorkload ? entry.Slot : (ushort)0);
            }
        }
    }

    private static InterfaceEntry EntryOf(HarnessInterface of)
    {
        var entry = new InterfaceEntry
        {
            Ifindex = of.Ifindex,
            Stamp = NewStamp(),
            Mtu = 1500,
            Kind = (byte)of.Kind,
            Flags = (byte)(InterfaceFlags.Ethernet | (of.PeerElsewhere ? InterfaceFlags.PeerElsewhere : 0)
                | (of.Kind == InterfaceKind.Workload ? InterfaceFlags.PeerMacKnown : 0)),
            Slot = of.Slot,
        };
        Span<byte> ethernet = entry.Ethernet;
        of.PeerMac.WriteTo(ethernet);
        of.HostMac.WriteTo(ethernet[6..]);
        return entry;
    }

    private static RouteEntry Route(RouteKind kind, ushort slot, string? nextHop)
    {
        var route = new RouteEntry { Kind = (byte)kind, Slot = slot };
        if (nextHop is not null)
        {
            IPAddress.Parse(nextHop).GetAddressBytes().CopyTo(MemoryMarshal.AsBytes((Span<uint>)route.NextHop));
        }

        return route;
    }

    private static byte[] Bytes(RouteEntry route) => MemoryMarshal.AsBytes(new ReadOnlySpan<RouteEntry>(in route)).ToArray();

    private static uint NewStamp() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
