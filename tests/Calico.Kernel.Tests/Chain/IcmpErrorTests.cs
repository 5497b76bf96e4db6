using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class IcmpErrorTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private readonly ChainHarness _chain = spine.Fresh();

    [Theory, BothFamilies]
    public void An_error_about_a_flow_goes_to_whom_it_is_for_and_makes_no_flow_of_its_own(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));

        var sent = _chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), _chain.Udp(v6)));

        Assert.True(sent.IsRedirected);
        var flow = _chain.Flows.Only;
        Assert.Equal((FlowState.UdpUnanswered, true), (flow.State, flow.Pending));
        Assert.Equal(0UL, flow.FromResponder.Packets);
    }

    [Theory, BothFamilies]
    public void Another_workload_that_guesses_the_tuple_is_judged_as_a_sender_of_its_own(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));

        _chain.Send(Hooks.WorkloadIngress, _chain.Node.C, PacketBuilder.PortUnreachable(_chain.Node.C.Address(v6), _chain.Udp(v6)));

        // A flow of its own is what NewFlow, and so policy, has seen.
        Assert.Equal(2, _chain.Flows.All.Count);
    }

    [Theory, BothFamilies]
    public void A_router_on_the_way_may_send_it_too(bool v6)
    {
        var far = v6 ? "2001:db8::1" : "8.8.8.8";
        var packet = PacketBuilder.Tcp(_chain.Node.A.Address(v6), far, 50_000, 443, TcpFlags.Syn);
        _chain.FromA(packet);

        var sent = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.TooBig(v6 ? "2001:db8:9::1" : "9.9.9.9", packet, 1300));

        Assert.True(sent.IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void An_error_about_an_echo_belongs_to_the_echo(bool v6)
    {
        var echo = PacketBuilder.Echo(_chain.Node.A.Address(v6), _chain.Node.B.Address(v6), 99);
        _chain.FromA(echo);

        Assert.True(_chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), echo)).IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void Eight_bytes_of_the_quoted_transport_are_enough(bool v6)
    {
        _chain.FromA(_chain.Syn(v6));
        var error = PacketBuilder.IcmpError(_chain.Node.B.Address(v6), _chain.Syn(v6), (byte)(v6 ? 1 : 3), 1, quotedBytes: (v6 ? 40 : 20) + 8);

        Assert.True(_chain.FromB(error).IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Fact]
    public void A_quoted_header_with_options_is_read_by_its_length()
    {
        var packet = _chain.Syn(v6: false) with { Options = [1, 1, 1, 1, 1, 1, 1, 1] };
        _chain.FromA(packet);

        Assert.True(_chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.IPv4, packet)).IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Fact]
    public void A_quoted_header_with_extensions_is_read_through_them()
    {
        var packet = _chain.Syn(v6: true) with { Extensions = [IPv6Extension.HopByHop(), IPv6Extension.DestinationOptions(2)] };
        _chain.FromA(packet);

        Assert.True(_chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.IPv6, packet)).IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void An_error_about_nothing_known_is_a_flow_that_is_decided_like_any_other(bool v6)
    {
        var sent = _chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), _chain.Udp(v6)));

        Assert.True(sent.IsRedirected);
        Assert.Equal(FlowState.Icmp, _chain.Flows.Only.State);
    }

    [Theory, BothFamilies]
    public void An_error_is_not_related_to_a_flow_that_has_expired(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        _chain.Flows.AgeAll(TimeSpan.FromMinutes(2));

        _chain.FromB(PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), _chain.Udp(v6)));

        Assert.Contains(_chain.Flows.All, flow => flow.State == FlowState.Icmp);
    }

    [Theory, BothFamilies]
    public void Whoever_sends_an_error_does_not_send_it_under_a_false_address(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));

        var sent = _chain.Send(Hooks.WorkloadIngress, _chain.Node.C, PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), _chain.Udp(v6)));

        Assert.Equal("SPOOFED_SOURCE", sent.DropReason);
    }

    [Theory, BothFamilies]
    public void An_error_goes_only_to_the_sender_of_what_it_quotes(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        var error = PacketBuilder.PortUnreachable(_chain.Node.B.Address(v6), _chain.Udp(v6)) with { Destination = _chain.Node.C.Address(v6) };

        _chain.FromB(error);

        Assert.Contains(_chain.Flows.All, flow => flow.State == FlowState.Icmp);
    }

    [Theory, BothFamilies]
    public void An_error_about_the_stacks_own_flow_goes_to_the_stack(bool v6)
    {
        var packet = PacketBuilder.Udp(_chain.Node.Uplink.Address(v6), _chain.Node.A.Address(v6), 5, 6);
        _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, packet);

        var sent = _chain.FromA(PacketBuilder.PortUnreachable(_chain.Node.A.Address(v6), packet));

        Assert.True(sent.Continues);
        Assert.Equal(_chain.Settings.MarkSeen, sent.Mark);
        Assert.Single(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void An_error_about_a_workloads_reply_to_the_stack_goes_to_the_workload(bool v6)
    {
        var (client, a) = (v6 ? "2001:db8::1" : "8.8.8.8", _chain.Node.A.Address(v6));
        _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, PacketBuilder.Udp(client, a, 5, 6));
        var reply = PacketBuilder.Udp(a, client, 6, 5);
        _chain.FromA(reply);

        var sent = _chain.Send(Hooks.HostIngress, _chain.Node.Uplink, PacketBuilder.TooBig(v6 ? "2001:db8:9::1" : "9.9.9.9", reply, 1300));

        Assert.True(sent.IsRedirected);
        Assert.Single(_chain.Flows.All);
    }

    [Theory, BothFamilies]
    public void An_error_from_the_stack_about_a_workloads_flow_passes_its_egress_hook(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));

        var sent = _chain.Send(Hooks.WorkloadEgress, _chain.Node.A, PacketBuilder.PortUnreachable(_chain.Node.Uplink.Address(v6), _chain.Udp(v6)));

        Assert.True(sent.Continues);
        Assert.Single(_chain.Flows.All);
    }
}
