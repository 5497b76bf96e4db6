using System.Net;
using Calico.Core.Chain.Rendering;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Runtime.Generations;
using Calico.Harness.Packets;
using Calico.Sdk;
using Calico.Sdk.Testing;

namespace Calico.Harness.Chains;

/// <summary>
/// The test kit's chains as the spine's own tests want them: with the maps' raw entries, and plugins that are text. Any
/// thread may use it, one at a time.
/// </summary>
public sealed class ChainHarness : IDisposable
{
    private readonly KernelChain _kernel;

    public ChainHarness(ChainHarnessOptions? options = null)
    {
        options ??= new ChainHarnessOptions();
        _kernel = new KernelChain(new KernelChainRequest
        {
            Plugins = [.. options.Plugins.Select(plugin => (plugin.Declaration, plugin.Source))],
            Hooks = options.Hooks,
            Cpu = options.Cpu,
            Settings = options.Settings,
            CacheFolder = Path.Combine(Path.GetTempPath(), "calico-harness-cache"),
        });
        Node = new HarnessNode(_kernel.Node);
        Flows = new FlowTables(Maps, Settings.TicksPerSecond);
    }

    /// <summary>What is loaded.</summary>
    public Generation Generation => _kernel.Generation;

    public ChainSettings Settings => _kernel.Settings;

    public MapSet Maps => _kernel.Maps;

    /// <summary>The interfaces, and the thread in whose namespace they are.</summary>
    public HarnessNode Node { get; }

    public FlowTables Flows { get; }

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
    public IReadOnlyDictionary<int, ulong> Drops() => _kernel.Drops();

    /// <summary>Missed tail calls of all edges.</summary>
    public ulong MissedCalls() => _kernel.MissedCalls();

    /// <summary>The interface map's entry.</summary>
    public InterfaceEntry Interface(HarnessInterface of) => _kernel.Interface(Inner(of));

    /// <summary>Changes an interface's entry.</summary>
    public void SetInterface(HarnessInterface of, Func<InterfaceEntry, InterfaceEntry> change) => _kernel.SetInterface(Inner(of), change);

    /// <summary>Gives an interface another stamp, so that its flows are decided again.</summary>
    public void Restamp(HarnessInterface of) => _kernel.Restamp(Inner(of));

    /// <summary>Says where one address is.</summary>
    public void SetAddress(string address, RouteKind kind, ushort slot = 0, string? nextHop = null) =>
        _kernel.SetAddress(IPAddress.Parse(address), kind, slot, Parse(nextHop));

    /// <summary>Says where a prefix is.</summary>
    public void SetRoute(string prefix, RouteKind kind, ushort slot = 0, string? nextHop = null) =>
        _kernel.SetRoute(IPNetwork.Parse(prefix), kind, slot, Parse(nextHop));

    /// <summary>Forgets flows, drops and missed calls, and writes the node's entries anew.</summary>
    public void Reset() => _kernel.Reset();

    public void Dispose() => _kernel.Dispose();

    private static byte[] Framed(Hooks hook, HarnessInterface through, PacketBuilder packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var frame = KernelChain.FrameAt(hook, Inner(through));
        return (packet with { EthernetSource = frame.Source, EthernetDestination = frame.Destination }).Build();
    }

    private SentPacket Run(Hooks hook, HarnessInterface through, byte[] frame, uint mark, uint gsoSize, uint gsoSegments)
    {
        var result = _kernel.Run(hook, Inner(through), frame, mark, gsoSize, gsoSegments);
        return new SentPacket
        {
            Verdict = result.ReturnValue,
            DropReason = null,
            Packet = result.Packet.ToArray(),
            Mark = result.Skb.Mark,
            MissedCalls = 0,
        };
    }

    private static TestInterface Inner(HarnessInterface of) => (of ?? throw new ArgumentNullException(nameof(of))).Inner;

    private static IPAddress? Parse(string? address) => address is null ? null : IPAddress.Parse(address);
}
