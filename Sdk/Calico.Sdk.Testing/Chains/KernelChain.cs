using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Runtime.Generations;

namespace Calico.Sdk.Testing;

/// <summary>
/// Whole chains in the real kernel: planned, rendered, compiled, verified, and entered packet by packet with
/// BPF_PROG_TEST_RUN, on a node of its own. A redirect shows as its verdict; nothing is really sent.
/// Any thread may use it, one at a time.
/// </summary>
internal sealed class KernelChain : IDisposable
{
    private static readonly string[] s_nodeTables =
        ["drops", "missed_calls", "addresses_v4", "addresses_v6", "routes_v4", "routes_v6", "granted_sources_v4", "granted_sources_v6"];

    private static readonly EmbeddedTemplates s_own = new(typeof(KernelChain).Assembly, "bpf/", "testing");

    private readonly ProgramCompiler _compiler;
    private readonly string _cpu;
    private readonly KernelChainRequest _request;
    private Generation? _plain;

    public KernelChain(KernelChainRequest request)
    {
        _request = request;
        KernelFeatures kernel = new();
        _compiler = ProgramCompiler.Default(request.CacheFolder);
        // The node first: without the rights for it nothing else would work either.
        Node = new TestNode(request.Settings.Tables.Interfaces);
        try
        {
            Settings = request.Settings with { TicksPerSecond = kernel.JiffiesPerSecond };
            _cpu = request.Cpu ?? (kernel.InstructionSetV4 ? "v4" : "v3");
            Generation = Load(Settings);
            WriteNode();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ChainSettings Settings { get; }

    /// <summary>What is loaded.</summary>
    public Generation Generation { get; }

    /// <summary>The same without what only tests need, for measuring; loaded when first asked for.</summary>
    public Generation Plain => Settings.Trace ? _plain ??= Load(Settings with { Trace = false }) : Generation;

    public MapSet Maps { get; } = new(null);

    public TestNode Node { get; }

    /// <summary>Dropped packets by the number of the reason.</summary>
    public IReadOnlyDictionary<int, ulong> Drops() =>
        new PerCpuMap<DropKey, PacketCount>(Maps["drops"]).Entries()
            .GroupBy(entry => (int)entry.Key.Reason)
            .ToDictionary(group => group.Key, group => group.Aggregate(0UL, (sum, entry) => entry.Value.Aggregate(sum, (all, one) => all + one.Packets)));

    /// <summary>Missed tail calls of all edges.</summary>
    public ulong MissedCalls() =>
        Maps.Typed<MissedCallKey, ulong>("missed_calls").Entries().Aggregate(0UL, (sum, entry) => sum + entry.Value);

    /// <summary>Runs a frame through an interface's hook.</summary>
    public TestRunResult Run(Hooks hook, TestInterface through, byte[] frame, uint mark = 0, uint gsoSize = 0, uint gsoSegments = 0)
    {
        TestRunRequest request = hook == Hooks.Xdp
            ? new() { Packet = frame, Xdp = new XdpContext { IngressIfindex = through.Ifindex } }
            : new()
            {
                Packet = frame,
                Skb = new SkbContext { Ifindex = through.Ifindex, Mark = mark, GsoSize = gsoSize, GsoSegments = gsoSegments },
            };
        return Node.Thread.Run(() => Generation.Hooks[hook].Entry.TestRun(request));
    }

    /// <summary>Loads a program of the kit's own.</summary>
    public LoadedObject LoadOwn(string template, object model)
    {
        var source = TemplateRenderer.Render(template, s_own, model);
        var compiled = _compiler.Compile(source, ClangOptions.For(_cpu));
        return BpfObject.Load(template.Split('.')[0], compiled.Elf, new Dictionary<string, BpfMap>());
    }

    /// <summary>The Ethernet header that a packet has at an interface's hook.</summary>
    public static EthernetHeader FrameAt(Hooks hook, TestInterface through) => (hook & Hooks.Egress) == 0
        ? new EthernetHeader(through.PeerMac, through.HostMac)
        : new EthernetHeader(through.HostMac, through.PeerMac);

    /// <summary>The interface map's entry.</summary>
    public InterfaceEntry Interface(TestInterface of) => Maps.Typed<uint, InterfaceEntry>("interfaces")[of.Slot];

    /// <summary>Changes an interface's entry.</summary>
    public void SetInterface(TestInterface of, Func<InterfaceEntry, InterfaceEntry> change) =>
        Maps.Typed<uint, InterfaceEntry>("interfaces")[of.Slot] = change(Interface(of));

    /// <summary>Gives an interface another stamp, so that its flows are decided again.</summary>
    public void Restamp(TestInterface of) => SetInterface(of, entry => entry with { Stamp = NewStamp() });

    /// <summary>Says where one address is.</summary>
    public void SetAddress(IPAddress address, RouteKind kind, ushort slot = 0, IPAddress? nextHop = null)
    {
        var bytes = address.GetAddressBytes();
        Maps[bytes.Length == 4 ? "addresses_v4" : "addresses_v6"].Update(bytes, Bytes(Route(kind, slot, nextHop)));
    }

    /// <summary>Says where a prefix is.</summary>
    public void SetRoute(IPNetwork prefix, RouteKind kind, ushort slot = 0, IPAddress? nextHop = null)
    {
        var bytes = prefix.BaseAddress.GetAddressBytes();
        byte[] key = [.. BitConverter.GetBytes(prefix.PrefixLength), .. bytes];
        Maps[bytes.Length == 4 ? "routes_v4" : "routes_v6"].Update(key, Bytes(Route(kind, slot, nextHop)));
    }

    /// <summary>Forgets flows, drops and missed calls, and writes the node's entries anew. The plugins' maps stay.</summary>
    public void Reset()
    {
        foreach (var name in FlowAging.Tables.Concat(s_nodeTables))
        {
            DeleteAll(Maps[name]);
        }

        WriteNode();
    }

    public void Dispose()
    {
        Node.Dispose();
        _plain?.Dispose();
        Generation?.Dispose();
        Maps.Dispose();
    }

    private Generation Load(ChainSettings settings)
    {
        var declarations = _request.Plugins.Select(plugin => plugin.Declaration).ToList();
        var planned = ChainPlanner.Plan(declarations, ChainRecord.Empty);
        if (!planned.Succeeded)
        {
            throw new ChainStartException(string.Join('\n', planned.Problems.Select(problem => problem.Sentence)));
        }

        var chains = ChainRenderer.Render(
            planned.Plan, settings, _request.Plugins.ToDictionary(plugin => plugin.Declaration.Id, plugin => plugin.Templates), _request.Hooks);
        var objects = ChainCompiler.Compile(chains, _compiler, _cpu);
        Maps.Ensure([.. SpineMaps.All(settings.Tables), .. TraceMaps.Of(settings)]);
        Maps.Ensure(planned.Plan.Plugins, MachineMemory.Read());
        return GenerationLoader.Load(1, chains, objects, Maps);
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
                var kind = entry.IsWorkload ? RouteKind.LocalWorkload : RouteKind.Host;
                SetAddress(entry.IPv4, kind, entry.IsWorkload ? entry.Slot : (ushort)0);
                SetAddress(entry.IPv6, kind, entry.IsWorkload ? entry.Slot : (ushort)0);
            }
        }
    }

    private static InterfaceEntry EntryOf(TestInterface of)
    {
        var entry = new InterfaceEntry
        {
            Ifindex = of.Ifindex,
            Stamp = NewStamp(),
            Mtu = 1500,
            Kind = (byte)of.Kind,
            Flags = (byte)(InterfaceFlags.Ethernet | (of.PeerElsewhere ? InterfaceFlags.PeerElsewhere : 0)
                | (of.IsWorkload ? InterfaceFlags.PeerMacKnown : 0)),
            Slot = of.Slot,
        };
        Span<byte> ethernet = entry.Ethernet;
        of.PeerMac.WriteTo(ethernet);
        of.HostMac.WriteTo(ethernet[6..]);
        return entry;
    }

    private static RouteEntry Route(RouteKind kind, ushort slot, IPAddress? nextHop)
    {
        var route = new RouteEntry { Kind = (byte)kind, Slot = slot };
        nextHop?.GetAddressBytes().CopyTo(MemoryMarshal.AsBytes((Span<uint>)route.NextHop));
        return route;
    }

    private static byte[] Bytes(RouteEntry route) => MemoryMarshal.AsBytes(new ReadOnlySpan<RouteEntry>(in route)).ToArray();

    private static uint NewStamp() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
