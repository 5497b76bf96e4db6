using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Runtime.Generations;

/// <summary>
/// Runs golden packets through a loaded generation, on this kernel and before it is in force: each hook's entry must find
/// both families' programs, and refuse what it must refuse. They come in by the loopback device, which has no chain, so
/// they change no state.
/// </summary>
public static class Preflight
{
    private const int Loopback = 1;
    private const int Continue = -1;
    private const int Shot = 2;
    private const int XdpDrop = 1;
    private const int XdpPass = 2;

    /// <summary>What went otherwise than it must, a sentence each; empty = fit to go.</summary>
    public static IReadOnlyList<string> Run(Generation generation, MapSet maps)
    {
        ArgumentNullException.ThrowIfNull(generation);
        ArgumentNullException.ThrowIfNull(maps);
        var problems = new List<string>();
        var missed = maps.Typed<MissedCallKey, ulong>("missed_calls");
        var before = missed.Entries().ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var hook in generation.Hooks.Values)
        {
            Check(hook, "an IPv4 packet of an unknown interface", Packets.Tcp4, hook.Plan.IsXdp ? XdpPass : Shot, problems);
            Check(hook, "an IPv6 packet of an unknown interface", Packets.Tcp6, hook.Plan.IsXdp ? XdpPass : Shot, problems);
            Check(hook, "an IPv4 packet longer than its frame", Packets.Truncated4, hook.Plan.IsXdp ? XdpDrop : Shot, problems);
            Check(hook, "an IPv6 packet longer than its frame", Packets.Truncated6, hook.Plan.IsXdp ? XdpDrop : Shot, problems);
            Check(hook, "a frame that is neither IP nor ARP", Packets.Foreign,
                hook.Plan.IsXdp ? XdpPass : hook.Plan.Hook == Hooks.WorkloadIngress ? Shot : Continue, problems);
        }

        foreach (var (edge, count) in missed.Entries().Where(entry => entry.Value > before.GetValueOrDefault(entry.Key)))
        {
            problems.Add($"Hook {(Hooks)edge.Hook}: the tail call from slot {edge.From} to slot {edge.To} found it empty.");
        }

        ForgetDrops(maps);
        return problems;
    }

    private static void Check(LoadedHook hook, string what, byte[] packet, int expected, List<string> problems)
    {
        // A PreFlow stage may have its own opinion of a golden packet: only the spine's answers are known.
        if (hook.Plan.PreFlow.Count > 0)
        {
            return;
        }

        var result = hook.Entry.TestRun(new TestRunRequest { Packet = packet });
        if (result.ReturnValue != expected)
        {
            problems.Add($"Hook {hook.Plan.Name}: {what} got the verdict {result.ReturnValue} instead of {expected}.");
        }
    }

    private static void ForgetDrops(MapSet maps)
    {
        var drops = maps["drops"];
        var counts = new PerCpuMap<DropKey, PacketCount>(drops);
        foreach (var (key, _) in counts.Entries().Where(entry => entry.Key.Ifindex == Loopback).ToList())
        {
            drops.Delete(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<DropKey>(in key)));
        }
    }

    private static class Packets
    {
        // To the loopback device's own address, all zeros: a chain leaves frames for other machines alone.
        // 198.18.0.0/15 and 2001:db8::/32 are for tests and documentation (RFC 2544, RFC 3849).
        public static byte[] Tcp4 { get; } = Convert.FromHexString(
            "000000000000020000000002080045000028000040004006000" + "0" + "c6120001c6120002" + "0400005000000001000000005002ffff00000000");

        public static byte[] Tcp6 { get; } = Convert.FromHexString(
            "00000000000002000000000286dd6000000000140640" + "20010db8000000000000000000000001" + "20010db8000000000000000000000002"
            + "0400005000000001000000005002ffff00000000");

        public static byte[] Truncated4 { get; } = Convert.FromHexString(
            "0000000000000200000000020800450005dc0000400040060000c6120001c61200020400005000000001000000005002ffff00000000");

        public static byte[] Truncated6 { get; } = Convert.FromHexString(
            "00000000000002000000000286dd6000000005dc0640" + "20010db8000000000000000000000001" + "20010db8000000000000000000000002"
            + "0400005000000001000000005002ffff00000000");

        public static byte[] Foreign { get; } = Convert.FromHexString("00000000000002000000000288cc" + new string('0', 92));
    }
}
