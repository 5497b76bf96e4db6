using Calico.Harness.Chains;
using Calico.Harness.Packets;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>An expired flow is a miss, though nobody has swept it.</summary>
public sealed class ExpiryTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
    private readonly ChainHarness _chain = spine.Fresh();

    public static TheoryData<FlowState, int, bool> Timeouts
    {
        get
        {
            TheoryData<FlowState, int, bool> rows = [];
            foreach (var v6 in new[] { false, true })
            {
                rows.Add(FlowState.SynSent, 20, v6);
                rows.Add(FlowState.SynReceived, 20, v6);
                rows.Add(FlowState.Established, 3600, v6);
                rows.Add(FlowState.Closing, 30, v6);
                rows.Add(FlowState.Reset, 40, v6);
                rows.Add(FlowState.UdpUnanswered, 60, v6);
                rows.Add(FlowState.UdpAnswered, 60, v6);
                rows.Add(FlowState.Icmp, 5, v6);
                rows.Add(FlowState.Other, 600, v6);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Timeouts))]
    public void A_flow_is_a_miss_after_the_idle_time_of_its_state_and_not_before(FlowState state, int seconds, bool v6)
    {
        Bring(state, v6);
        Assert.Equal(state, _chain.Flows.Only.State);

        _chain.Flows.AgeAll(TimeSpan.FromSeconds(seconds) - Margin);
        SendOn(state, v6);
        Assert.True(_chain.Flows.Only.FromInitiator.Packets > 1);

        Bring(state, v6);
        var before = _chain.Flows.Only.FromInitiator.Packets;
        _chain.Flows.AgeAll(TimeSpan.FromSeconds(seconds) + Margin);
        var sent = SendOn(state, v6);
        if (state is FlowState.SynSent or FlowState.SynReceived or FlowState.Established or FlowState.Closing or FlowState.Reset)
        {
            Assert.Equal("TCP_WITHOUT_FLOW", sent.DropReason);
            Assert.Empty(_chain.Flows.All);
        }
        else
        {
            Assert.True(before > 0 && sent.IsRedirected);
            Assert.Equal(1UL, _chain.Flows.Only.FromInitiator.Packets);
        }
    }

    [Theory, BothFamilies]
    public void Every_packet_makes_a_flow_young_again(bool v6)
    {
        _chain.FromA(_chain.Udp(v6));
        for (var i = 0; i < 4; i++)
        {
            _chain.Flows.AgeAll(TimeSpan.FromSeconds(40));
            Assert.True(_chain.FromA(_chain.Udp(v6)).IsRedirected);
        }

        Assert.Equal(5UL, _chain.Flows.Only.FromInitiator.Packets);
    }

    [Theory, BothFamilies]
    public void A_flow_that_another_processor_has_seen_a_tick_later_is_not_expired(bool v6)
    {
        _chain.Connect(v6);
        _chain.Flows.AgeAll(TimeSpan.FromMilliseconds(-100));

        Assert.True(_chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)).IsRedirected);
    }

    private void Bring(FlowState state, bool v6)
    {
        _chain.Flows.Clear();
        switch (state)
        {
            case FlowState.SynSent:
                _chain.FromA(_chain.Syn(v6));
                break;
            case FlowState.SynReceived:
                _chain.FromA(_chain.Syn(v6));
                _chain.FromB(_chain.Tcp(v6, TcpFlags.SynAck, reply: true));
                break;
            case FlowState.Established:
                _chain.Connect(v6);
                break;
            case FlowState.Closing:
                _chain.Connect(v6);
                _chain.FromA(_chain.Tcp(v6, TcpFlags.FinAck));
                _chain.FromB(_chain.Tcp(v6, TcpFlags.FinAck, reply: true));
                break;
            case FlowState.Reset:
                _chain.Connect(v6);
                _chain.FromB(_chain.Tcp(v6, TcpFlags.Rst, reply: true));
                break;
            case FlowState.UdpUnanswered:
                _chain.FromA(_chain.Udp(v6));
                break;
            case FlowState.UdpAnswered:
                _chain.FromA(_chain.Udp(v6));
                _chain.FromB(_chain.Udp(v6, reply: true));
                break;
            default:
                SendOn(state, v6);
                break;
        }
    }

    private SentPacket SendOn(FlowState state, bool v6)
    {
        var (a, b) = (_chain.Node.A.Address(v6), _chain.Node.B.Address(v6));
        return state switch
        {
            FlowState.UdpUnanswered or FlowState.UdpAnswered => _chain.FromA(_chain.Udp(v6)),
            FlowState.Icmp => _chain.FromA(PacketBuilder.Echo(a, b, 7)),
            FlowState.Other => _chain.FromA(PacketBuilder.Sctp(a, b, 7, 9)),
            FlowState.SynReceived or FlowState.Reset or FlowState.SynSent => _chain.FromA(_chain.Tcp(v6, TcpFlags.Psh | TcpFlags.Ack)),
            _ => _chain.FromA(_chain.Tcp(v6, TcpFlags.Ack)),
        };
    }
}
