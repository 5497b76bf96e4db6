using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Flows;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Flows;

public sealed class FlowTableTests : IDisposable
{
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private readonly FlowMaps _maps = new();

    public void Dispose() => _maps.Dispose();

    [Theory]
    [InlineData("flows_v4", "10.0.0.1:40000", "10.0.0.2:80")]
    [InlineData("flows_v4", "10.0.0.2:40000", "10.0.0.1:80")]
    [InlineData("pending_v4", "10.0.0.9:53", "10.0.0.9:53")]
    [InlineData("flows_v6", "[fd00::1]:40000", "[fd00::2]:80")]
    [InlineData("pending_v6", "[fd00:2::1]:1", "[fd00:1::2]:2")]
    public void A_flow_is_shown_the_way_its_initiator_sees_it(string table, string source, string destination)
    {
        _maps.Add(table, source, destination, Tcp, Live(FlowState.Established), Count(3, 300), Count(2, 5000));

        var flow = Assert.Single(Read());

        Assert.Equal(IPEndPoint.Parse(source), flow.Source);
        Assert.Equal(IPEndPoint.Parse(destination), flow.Destination);
        Assert.Equal(Tcp, flow.Protocol);
        Assert.Equal(FlowState.Established, flow.State);
        Assert.Equal(new FlowCounters(3, 300), flow.Forward);
        Assert.Equal(new FlowCounters(2, 5000), flow.Reply);
    }

    [Fact]
    public void Flows_that_have_expired_are_left_out_though_nobody_swept_them()
    {
        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(59));
        _maps.Add("flows_v4", "10.0.0.1:2", "10.0.0.2:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(61));
        _maps.Add("pending_v6", "[fd00::1]:3", "[fd00::2]:1", Udp, FlowState.UdpUnanswered, idle: TimeSpan.FromSeconds(50));
        _maps.Add("pending_v6", "[fd00::1]:4", "[fd00::2]:1", Udp, FlowState.UdpUnanswered, idle: TimeSpan.FromSeconds(62));

        Assert.Equal([1, 3], Read().Select(flow => flow.Source.Port).Order());
    }

    [Fact]
    public void The_last_packet_is_told_as_wall_clock()
    {
        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, FlowState.Established, idle: TimeSpan.FromMinutes(30));
        // Another processor's tick may be ahead of ours.
        var ahead = new FlowEntry { State = (byte)FlowState.Established, LastSeen = _maps.Ticks() + 60 };
        _maps.Add("flows_v4", "10.0.0.1:2", "10.0.0.2:1", Tcp, ahead, default, default);

        var flows = Read().ToDictionary(flow => flow.Source.Port);

        Assert.InRange(DateTimeOffset.UtcNow - flows[1].LastSeen, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31));
        Assert.InRange(DateTimeOffset.UtcNow - flows[2].LastSeen, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Interfaces_are_named_even_before_the_first_reply()
    {
        _maps.AddInterface(7, stamp: 0xF000_0001);
        _maps.AddInterface(9, stamp: 0x2000_0002);
        var forward = new FlowDirection { Output = 9, Stamp = unchecked(0xF000_0001 + 0x2000_0002) };
        _maps.Add("pending_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, Live(FlowState.SynSent), forward, default);

        var flow = Assert.Single(Read());

        Assert.Equal("if7", flow.InputInterface);
        Assert.Equal("if9", flow.OutputInterface);
    }

    [Fact]
    public void Where_an_interface_has_changed_since_the_way_of_the_replies_tells_the_input()
    {
        _maps.AddInterface(9, stamp: 3);
        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, Live(FlowState.Established),
            new FlowDirection { Output = 9, Stamp = 77 }, new FlowDirection { Output = 7, Stamp = 77 });

        Assert.Equal("if7", Assert.Single(Read()).InputInterface);
    }

    [Fact]
    public void The_hosts_own_side_has_no_interface()
    {
        _maps.AddInterface(0, stamp: 1);
        _maps.AddInterface(9, stamp: 3);
        var fromHost = Live(FlowState.Established);
        fromHost.Flags = (byte)FlowFlags.FromStack;
        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, fromHost, new FlowDirection { Output = 9, Stamp = 4 }, new FlowDirection { Output = 9, Stamp = 4 });
        _maps.Add("flows_v4", "10.0.0.2:2", "10.0.0.1:1", Tcp, Live(FlowState.Established), new FlowDirection { Output = 0, Stamp = 4 }, default);

        var flows = Read().ToDictionary(flow => flow.Source.Port);

        Assert.Equal((null, "if9"), (flows[1].InputInterface, flows[1].OutputInterface));
        Assert.Equal(("if9", null), (flows[2].InputInterface, flows[2].OutputInterface));
    }

    [Theory]
    [InlineData("v4", "10.0.0.1:40000", "10.96.0.1:53", "10.0.0.7:5353")]
    [InlineData("v4", "10.0.9.1:40000", "10.96.0.1:53", "10.0.0.7:5353")]
    [InlineData("v6", "[fd00::1]:40000", "[fd96::1]:53", "[fd00::7]:5353")]
    public void A_translated_pair_is_one_flow_with_the_tuple_before_translation(string family, string source, string service, string backend)
    {
        AddPair(family, source, service, backend);

        var flow = Assert.Single(Read());

        Assert.Equal(IPEndPoint.Parse(source), flow.Source);
        Assert.Equal(IPEndPoint.Parse(service), flow.Destination);
        Assert.Equal(new FlowCounters(4, 400), flow.Forward);
        Assert.Equal(new FlowCounters(3, 900), flow.Reply);
        Assert.Equal(FlowState.UdpAnswered, flow.State);
    }

    [Fact]
    public void A_translated_flow_without_its_partner_is_none()
    {
        AddPair("v4", "10.0.0.1:40000", "10.96.0.1:53", "10.0.0.7:5353");
        var (partner, _) = FlowMaps.KeyV4(FlowMaps.Tuple("10.0.0.1:40000", "10.0.0.7:5353"), Udp);
        Assert.True(_maps.Maps.Typed<FlowKeyV4, FlowEntry>("flows_v4").Remove(partner));

        Assert.Empty(Read());
    }

    [Fact]
    public void A_translated_flow_whose_partners_place_belongs_to_another_flow_is_none()
    {
        AddPair("v4", "10.0.0.1:40000", "10.96.0.1:53", "10.0.0.7:5353");
        AddPair("v4", "10.0.0.1:40000", "10.96.0.2:53", "10.0.0.7:5353");

        Assert.Equal("10.96.0.2:53", Assert.Single(Read()).Destination.ToString());
    }

    [Fact]
    public void A_flow_that_is_answered_while_the_table_is_read_is_shown_once()
    {
        _maps.Add("pending_v4", "10.0.0.1:1", "10.0.0.2:1", Udp, FlowState.UdpUnanswered);
        using var table = Table(_maps.Plan);
        using var reading = table.Read().GetEnumerator();
        Assert.True(reading.MoveNext());

        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Udp, FlowState.UdpAnswered);

        Assert.False(reading.MoveNext());
    }

    [Fact]
    public void A_plugins_field_is_read_at_its_planned_place()
    {
        var plan = FlowMaps.PlanWith("acme-x", new FieldDeclaration("acme-x", "small", typeof(uint), 4), new FieldDeclaration("acme-x", "big", typeof(ulong), 8));
        var entry = Live(FlowState.Established);
        Write(plan, ref entry, "small", 0x1234_5678u);
        Write(plan, ref entry, "big", 0x1122_3344_5566_7788UL);
        _maps.Add("flows_v4", "10.0.0.1:1", "10.0.0.2:1", Tcp, entry, default, default);

        using var table = Table(plan);
        var flow = Assert.Single(table.Read());

        Assert.Equal(0x1234_5678u, flow.Get(new FlowField<uint>("acme-x", "small")));
        Assert.Equal(0x1122_3344_5566_7788UL, flow.Get(new FlowField<ulong>("acme-x", "big")));
        Assert.Contains("no flow field 'small' of acme-y", Assert.Throws<InvalidOperationException>(() => flow.Get(new FlowField<uint>("acme-y", "small"))).Message, StringComparison.Ordinal);
        Assert.Contains("8 bytes", Assert.Throws<InvalidOperationException>(() => flow.Get(new FlowField<uint>("acme-x", "big"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_many_batches_is_read_whole()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _maps.Add("flows_v4", string.Create(CultureInfo.InvariantCulture, $"10.0.{i >> 8}.{i & 255}:1"), "10.200.0.2:1", Tcp, FlowState.Established);
        }

        Assert.Equal(10_000, Read().Select(flow => flow.Source).Distinct().Count());
    }

    private void AddPair(string family, string source, string service, string backend)
    {
        var first = Live(FlowState.UdpUnanswered);
        first.Flags = (byte)FlowFlags.Translated;
        first.Rewrite = FlowMaps.Tuple(source, backend);
        _maps.Add($"flows_{family}", source, service, Udp, first, Count(4, 400), default);
        var half = Live(FlowState.UdpAnswered);
        half.Flags = (byte)(FlowFlags.Translated | FlowFlags.ReplyHalf);
        half.Rewrite = FlowMaps.Tuple(service, source);
        // As the initiator's packets look after translation: they are the half's forward direction.
        _maps.Add($"flows_{family}", source, backend, Udp, half, default, Count(3, 900));
    }

    private static void Write<T>(ChainPlan plan, ref FlowEntry entry, string field, T value)
        where T : unmanaged =>
        MemoryMarshal.Write(((Span<byte>)entry.Fields)[plan.FlowFields.Single(planned => planned.Name == field).Offset..], in value);

    private FlowEntry Live(FlowState state) => new() { State = (byte)state, LastSeen = _maps.Ticks() };

    private static FlowDirection Count(ulong packets, ulong bytes) => new() { Packets = packets, Bytes = bytes };

    private List<Flow> Read()
    {
        using var table = Table(_maps.Plan);
        return [.. table.Read()];
    }

    private FlowTable Table(ChainPlan plan) => new(_maps.Maps, () => plan, _maps.Settings, slot => $"if{slot}");
}
