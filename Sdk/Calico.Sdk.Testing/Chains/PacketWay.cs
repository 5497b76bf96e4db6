namespace Calico.Sdk.Testing;

/// <summary>Through which hook a packet comes, as its addresses tell.</summary>
internal static class PacketWay
{
    /// <summary>The hook and the interface of a packet.</summary>
    public static (Hooks Hook, TestInterface Through) Of(Packet packet, SendOptions options, IReadOnlyList<TestInterface> interfaces, Hooks loaded)
    {
        var through = options.Through;
        var hook = options.Hook ?? (through is null ? Hooks.None : HookOf(through, loaded));
        if (through is not null && hook != Hooks.None)
        {
            return (hook, through);
        }

        var uplink = interfaces.First(each => each.Kind == Core.Maps.Layout.InterfaceKind.Host);
        if (packet.Find<IPHeader>() is { } ip)
        {
            var from = interfaces.FirstOrDefault(each => Has(each, ip.Source));
            var to = interfaces.FirstOrDefault(each => Has(each, ip.Destination));
            return hook != Hooks.None ? (hook, InterfaceOf(hook, from, to, uplink))
                : from is { IsWorkload: true } ? (Hooks.WorkloadIngress, from)
                // The node's own address: the stack sends it, and it leaves by the interface of its receiver.
                : from is not null ? (to is { IsWorkload: true } ? (Hooks.WorkloadEgress, to) : (Hooks.HostEgress, from))
                : (loaded == Hooks.Xdp ? Hooks.Xdp : Hooks.HostIngress, uplink);
        }

        var sender = packet.Find<EthernetHeader>()?.Source ?? packet.Find<ArpMessage>()?.SenderMac;
        var station = interfaces.FirstOrDefault(each => each.PeerMac == sender) ?? throw new ArgumentException(
            $"Nobody can tell from which interface this packet comes: {packet}. Give it: chain.Send(packet, through: chain.Uplink).", nameof(packet));
        return (hook == Hooks.None ? HookOf(station, loaded) : hook, station);
    }

    private static Hooks HookOf(TestInterface through, Hooks loaded) =>
        through.IsWorkload ? Hooks.WorkloadIngress
        : through.Kind == Core.Maps.Layout.InterfaceKind.Tunnel ? Hooks.TunnelIngress
        : loaded == Hooks.Xdp ? Hooks.Xdp : Hooks.HostIngress;

    private static TestInterface InterfaceOf(Hooks hook, TestInterface? from, TestInterface? to, TestInterface uplink) => hook switch
    {
        Hooks.WorkloadIngress when from is { IsWorkload: true } => from,
        Hooks.WorkloadEgress when to is { IsWorkload: true } => to,
        Hooks.WorkloadIngress or Hooks.WorkloadEgress or Hooks.TunnelIngress => throw new ArgumentException(
            $"The addresses do not tell which interface's hook {hook} is meant. Give it: new SendOptions {{ Hook = Hooks.{hook}, Through = chain.WorkloadA }}.", nameof(hook)),
        _ => uplink,
    };

    private static bool Has(TestInterface each, System.Net.IPAddress address) =>
        each.Kind != Core.Maps.Layout.InterfaceKind.Tunnel && (each.IPv4.Equals(address) || each.IPv6.Equals(address));
}
