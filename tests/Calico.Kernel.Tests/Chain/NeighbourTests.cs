using System.Net;
using Calico.Core.Chain.Rendering;
using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class NeighbourTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory]
    [InlineData("169.254.1.1")]
    [InlineData("10.0.0.11")]
    [InlineData("8.8.8.8")]
    public void ARP_for_every_other_address_is_answered_with_the_host_sides_own(string target)
    {
        var a = _chain.Node.A;

        var sent = _chain.Send(Hooks.WorkloadIngress, a, new ArpPacket(a.PeerMac, a.IPv4, target).Build());

        Assert.True(sent.IsRedirected);
        var answer = new ArpPacket(a.HostMac, target, a.IPv4) { Operation = 2, TargetMac = a.PeerMac, EthernetDestination = a.PeerMac };
        Assert.Equal(answer.Build(), sent.Packet);
    }

    [Theory]
    [InlineData("10.0.0.10", "10.0.0.10")]
    [InlineData("0.0.0.0", "10.0.0.10")]
    [InlineData("0.0.0.0", "10.0.0.99")]
    public void A_probe_for_a_duplicate_and_an_announcement_stay_unanswered(string sender, string target)
    {
        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, new ArpPacket(_chain.Node.A.PeerMac, sender, target).Build());

        Assert.True(sent.Continues);
    }

    [Fact]
    public void An_ARP_answer_goes_to_the_kernel()
    {
        var answer = new ArpPacket(_chain.Node.A.PeerMac, _chain.Node.A.IPv4, "169.254.1.1") { Operation = 2 };

        Assert.True(_chain.Send(Hooks.WorkloadIngress, _chain.Node.A, answer.Build()).Continues);
    }

    [Fact]
    public void Malformed_ARP_is_dropped()
    {
        var request = new ArpPacket(_chain.Node.A.PeerMac, _chain.Node.A.IPv4, "169.254.1.1").Build();
        byte[] ofAnotherKind = [.. request];
        ofAnotherKind[19] = 16;

        Assert.Equal("MALFORMED", _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, request[..41]).DropReason);
        Assert.Equal("MALFORMED", _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, ofAnotherKind).DropReason);
    }

    [Fact]
    public void On_uplinks_ARP_is_the_kernels()
    {
        var request = new ArpPacket(_chain.Node.Uplink.PeerMac, "192.0.2.254", "192.0.2.1").Build();

        Assert.True(_chain.Send(Hooks.HostIngress, _chain.Node.Uplink, request).Continues);
        Assert.True(_chain.Send(Hooks.HostEgress, _chain.Node.Uplink, request).Continues);
    }

    [Theory]
    [InlineData(0x88cc)]
    [InlineData(0x8100)]
    [InlineData(0x8863)]
    public void A_workload_sends_IP_and_ARP_only(int etherType)
    {
        byte[] frame = [.. _chain.Syn(v6: false).Build()];
        (frame[12], frame[13]) = ((byte)(etherType >> 8), (byte)etherType);

        Assert.Equal("UNSUPPORTED_PROTOCOL", _chain.Send(Hooks.WorkloadIngress, _chain.Node.A, frame).DropReason);
        Assert.True(_chain.Send(Hooks.HostIngress, _chain.Node.Uplink, frame).Continues);
    }

    [Theory]
    [InlineData(133, "fe80::a", "ff02::2")]
    [InlineData(135, "::", "ff02::1:ff00:a")]
    [InlineData(135, "fd00:10::a", "ff02::1:ff00:1")]
    [InlineData(136, "fd00:10::a", "fe80::1")]
    [InlineData(143, "fe80::a", "ff02::16")]
    [InlineData(131, "fe80::a", "ff02::fb")]
    public void Neighbour_discovery_of_a_workload_passes_to_the_kernel_without_a_flow(byte type, string source, string destination)
    {
        var sent = _chain.FromA(Discovery(type, source, destination));

        Assert.True(sent.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, sent.Mark);
        Assert.Empty(_chain.Flows.All);
    }

    [Theory]
    [InlineData(134)]
    [InlineData(137)]
    public void A_workload_advertises_no_routes_and_redirects_nobody(byte type)
    {
        Assert.Equal("SPOOFED_SOURCE", _chain.FromA(Discovery(type, "::", "ff02::1")).DropReason);
    }

    [Theory]
    [InlineData(Hooks.WorkloadEgress)]
    [InlineData(Hooks.HostIngress)]
    [InlineData(Hooks.HostEgress)]
    public void Neighbour_discovery_of_the_host_passes_without_a_flow(Hooks hook)
    {
        var through = hook == Hooks.WorkloadEgress ? _chain.Node.A : _chain.Node.Uplink;

        Assert.True(_chain.Send(hook, through, Discovery(135, "fe80::1", "ff02::1:ff00:a")).Continues);
        Assert.True(_chain.Send(hook, through, Discovery(136, "fd00:2::fe", "fd00:2::1")).Continues);
        Assert.Empty(_chain.Flows.All);
    }

    [Fact]
    public void DHCP_is_dropped_unless_it_is_allowed()
    {
        Assert.Equal("SPOOFED_SOURCE", _chain.FromA(Discover()).DropReason);
        using var allowing = new ChainHarness(new ChainHarnessOptions
        {
            Hooks = Hooks.WorkloadIngress,
            Settings = new ChainHarnessOptions().Settings with { AllowDhcp = true },
        });
        foreach (var packet in new[] { Discover(), PacketBuilder.Udp("fe80::a", "ff02::1:2", 546, 547) })
        {
            var sent = allowing.FromA(packet);
            Assert.True(sent.Continues);
            Assert.Equal(allowing.Settings.MarkSeen, sent.Mark);
        }

        Assert.Equal("SPOOFED_SOURCE", allowing.FromA(PacketBuilder.Udp("0.0.0.0", "255.255.255.255", 69, 67)).DropReason);
        Assert.Empty(allowing.Flows.All);
    }

    private static PacketBuilder Discover() => PacketBuilder.Udp("0.0.0.0", "255.255.255.255", 68, 67);

    private static PacketBuilder Discovery(byte type, string source, string destination) =>
        new(source, destination, new IcmpMessage(type, 0, 0, IsV6: true) { Payload = IPAddress.Parse("fd00:10::1").GetAddressBytes() }) { HopLimit = 255 };
}
