using System.Runtime.InteropServices;
using Calico.Core.Maps.Layout;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class SourceTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void A_workload_may_not_send_from_an_address_of_another(bool v6)
    {
        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.C, _chain.Syn(v6));

        Assert.Equal((Verdicts.Drop, "SPOOFED_SOURCE"), (sent.Verdict, sent.DropReason));
        Assert.Empty(_chain.Flows.All);
    }

    [Theory]
    [InlineData("198.51.100.1", "10.0.0.11")]
    [InlineData("0.0.0.0", "10.0.0.11")]
    [InlineData("127.0.0.1", "10.0.0.11")]
    [InlineData("224.0.0.1", "10.0.0.11")]
    [InlineData("255.255.255.255", "10.0.0.11")]
    [InlineData("192.0.2.1", "10.0.0.11")]
    [InlineData("2001:db8::1", "fd00:10::b")]
    [InlineData("::", "fd00:10::b")]
    [InlineData("ff02::1", "fd00:10::b")]
    [InlineData("fe80::1", "fd00:10::b")]
    [InlineData("fd00:2::1", "fd00:10::b")]
    public void A_workload_may_not_send_from_an_address_that_is_not_its_own(string source, string destination)
    {
        Assert.Equal("SPOOFED_SOURCE", _chain.FromA(PacketBuilder.Udp(source, destination, 1, 2)).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void A_workload_may_send_from_a_prefix_that_it_was_granted_and_no_other_workload_may(bool v6)
    {
        Grant(_chain.Node.A, v6 ? "2001:db8:1::" : "198.51.100.0", v6 ? 48 : 24);
        var packet = PacketBuilder.Udp(v6 ? "2001:db8:1::7" : "198.51.100.7", _chain.Node.B.Address(v6), 1, 2);

        Assert.True(_chain.FromA(packet).IsRedirected);
        _chain.Flows.Clear();
        Assert.Equal("SPOOFED_SOURCE", _chain.FromB(packet).DropReason);
    }

    [Theory, BothFamilies]
    public void The_second_direction_of_a_flow_is_checked_as_well(bool v6)
    {
        Assert.True(_chain.FromA(_chain.Syn(v6)).IsRedirected);

        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.C, _chain.Tcp(v6, TcpFlags.SynAck, reply: true));

        Assert.Equal("SPOOFED_SOURCE", sent.DropReason);
        Assert.Equal(0UL, _chain.Flows.Only.FromResponder.Packets);
    }

    [Theory, BothFamilies]
    public void An_established_flow_is_checked_again_where_its_packets_come_through_another_interface(bool v6)
    {
        _chain.Connect(v6);

        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.C, _chain.Tcp(v6, TcpFlags.Ack));

        Assert.Equal("SPOOFED_SOURCE", sent.DropReason);
    }

    [Theory, BothFamilies]
    public void From_the_wire_comes_neither_this_nodes_address_nor_a_workload_of_it(bool v6)
    {
        var (node, a, b) = (_chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6), _chain.Node.B.Address(v6));

        Assert.Equal("SPOOFED_SOURCE", _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Udp(node, b, 1, 2)).DropReason);
        Assert.Equal("SPOOFED_SOURCE", _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Udp(a, b, 1, 2)).DropReason);
        Assert.Equal("SPOOFED_SOURCE", _chain.Send(Hooks.TunnelIngress, _chain.Node.Tunnel, PacketBuilder.Udp(a, b, 1, 2)).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Fact]
    public void Nothing_comes_from_elsewhere_for_the_hosts_loopback()
    {
        Assert.Equal("SPOOFED_SOURCE", _chain.FromA(PacketBuilder.Udp(_chain.Node.A.Address(false), "127.0.0.1", 1, 2)).DropReason);
        Assert.Equal("SPOOFED_SOURCE", _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.Udp("8.8.8.8", "127.0.0.1", 1, 2)).DropReason);
    }

    [Theory, BothFamilies]
    public void An_interface_that_the_map_does_not_know_drops_everything(bool v6)
    {
        _chain.SetInterface(_chain.Node.A, _ => default);

        Assert.Equal("UNKNOWN_INTERFACE", _chain.FromA(_chain.Syn(v6)).DropReason);
        Assert.Equal("UNKNOWN_INTERFACE", _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, _chain.Udp(v6, reply: true)).DropReason);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void An_interface_whose_slot_another_one_holds_is_found_under_its_own(bool v6)
    {
        var entry = _chain.Interface(_chain.Node.A);
        _chain.SetInterface(_chain.Node.A, _ => new InterfaceEntry { Ifindex = 9999, Stamp = 5 });
        var elsewhere = entry with { Slot = 60 };
        _chain.Maps.Typed<uint, InterfaceEntry>("interfaces")[60] = elsewhere;
        _chain.Maps.Typed<uint, uint>("interface_slots")[entry.Ifindex] = 60;
        _chain.SetAddress(_chain.Node.A.Address(v6), RouteKind.LocalWorkload, 60);

        Assert.True(_chain.FromA(_chain.Syn(v6)).IsRedirected);
        Assert.True(_chain.FromB(_chain.Tcp(v6, TcpFlags.SynAck, reply: true)).IsRedirected);
        Assert.Equal(60, _chain.Flows.Only.FromResponder.Output);
        _chain.Maps.Typed<uint, uint>("interface_slots").Remove(entry.Ifindex);
    }

    private void Grant(HarnessInterface to, string prefix, int length)
    {
        byte[] slot = [0, 0, (byte)(to.Slot >> 8), (byte)to.Slot];
        var address = System.Net.IPAddress.Parse(prefix).GetAddressBytes();
        byte[] key = [.. BitConverter.GetBytes(32 + length), .. slot, .. address];
        var granted = 1u;
        _chain.Maps[address.Length == 4 ? "granted_sources_v4" : "granted_sources_v6"].Update(key, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in granted)));
    }
}
