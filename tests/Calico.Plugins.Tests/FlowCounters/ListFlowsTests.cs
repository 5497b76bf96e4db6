using Calico.Plugins.FlowCounters;
using Calico.Sdk;

namespace Calico.Plugins.Tests.FlowCounters;

public sealed class ListFlowsTests
{
    private static readonly FakeFlow s_web = new(6, "10.0.0.1:40000", "10.0.1.2:80") { StartedNanoseconds = 40_000_000_000 };
    private static readonly FakeFlow s_web6 = new(6, "[fd00::1]:40000", "[fd00::2]:443") { StateIs = FlowState.SynSent };
    private static readonly FakeFlow s_ping = new(1, "10.0.0.1:80", "10.0.1.2:0") { StateIs = FlowState.Icmp, OutputIs = null };
    private static readonly FakeFlow s_query = new(17, "10.0.0.1:5353", "192.168.1.1:53") { StateIs = FlowState.UdpAnswered };

    [Fact]
    public async Task A_flow_is_shown_with_both_directions_and_its_interfaces()
    {
        FlowRow row = Assert.Single(await List([s_web]));
        Assert.Equal(
            new FlowRow(
                "tcp", "10.0.0.1:40000", "10.0.1.2:80", "established", "cali1", "eth0", 3, 300, 2, 2000,
                StoppedClock.Noon.AddSeconds(-60), new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), 60),
            row);
        Assert.Equal(TimeSpan.Zero, row.LastSeen.Offset);
    }

    [Fact]
    public async Task A_flow_that_is_older_than_the_plugin_has_no_start_and_no_age()
    {
        FlowRow row = Assert.Single(await List([s_ping]));
        Assert.Null(row.Started);
        Assert.Null(row.AgeSeconds);
    }

    [Fact]
    public async Task An_echo_shows_its_identifier_and_no_port()
    {
        FlowRow row = Assert.Single(await List([s_ping]));
        Assert.Equal(("icmp", "10.0.0.1 id 80", "10.0.1.2"), (row.Protocol, row.Source, row.Destination));
    }

    [Fact]
    public async Task A_protocol_without_a_name_is_shown_by_its_number() =>
        Assert.Equal("200", Assert.Single(await List([new FakeFlow(200, "10.0.0.1:0", "10.0.0.2:0")])).Protocol);

    [Theory]
    [InlineData("protocol", "TCP", 2)]
    [InlineData("protocol", "17", 1)]
    [InlineData("protocol", "icmp", 1)]
    [InlineData("address", "10.0.1.2", 2)]
    [InlineData("address", "192.168.0.0/16", 1)]
    [InlineData("address", "fd00::/64", 1)]
    [InlineData("port", "80", 1)]
    [InlineData("interface", "eth0", 3)]
    [InlineData("state", "syn-sent", 1)]
    [InlineData("limit", "3", 3)]
    [InlineData("limit", "30", 4)]
    public async Task An_option_narrows_the_list(string option, string value, int shown) =>
        Assert.Equal(shown, (await List([s_web, s_web6, s_ping, s_query], (option, value))).Count);

    [Fact]
    public async Task Options_are_combined() =>
        Assert.Equal("udp", Assert.Single(await List([s_web, s_query], ("address", "10.0.0.0/8"), ("port", "53"))).Protocol);

    [Fact]
    public async Task A_limit_does_not_read_the_table_to_its_end()
    {
        IEnumerable<Flow> OneThenFail()
        {
            yield return s_web;
            Assert.Fail("The second flow was read.");
        }

        Assert.Single(await List(OneThenFail(), ("limit", "1")));
    }

    [Theory]
    [InlineData("protocol", "tpc", "'--protocol tpc' should be one of icmp, ipip, tcp, udp, ipv6, gre, esp, icmpv6, sctp, or a number from 0 to 255.")]
    [InlineData("address", "10.0.0.1/99", "'--address 10.0.0.1/99' should be an address such as 10.0.0.1, or a network such as 10.0.0.0/8.")]
    [InlineData("port", "70000", "'--port 70000' should be a number from 0 to 65535.")]
    [InlineData("limit", "0", "'--limit 0' should be a number of at least 1.")]
    public async Task A_senseless_value_is_refused_with_what_would_be_right(string option, string value, string message)
    {
        var refused = await Assert.ThrowsAsync<CommandInputException>(() => List([s_web], (option, value)));
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task An_unknown_state_is_refused_with_all_states()
    {
        var refused = await Assert.ThrowsAsync<CommandInputException>(() => List([s_web], ("state", "open")));
        Assert.Contains("syn-sent, syn-received, established", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<List<FlowRow>> List(IEnumerable<Flow> flows, params (string Option, string Value)[] options)
    {
        var command = new ListFlows(
            new FakeFlowTable(flows), new FlowStart(new FlowField<ulong>("flow-counters", "started")), new StoppedClock());
        var input = new CommandInput(options.ToDictionary(option => option.Option, option => option.Value));
        var rows = new List<FlowRow>();
        await foreach (FlowRow row in command.RunAsync(input, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
