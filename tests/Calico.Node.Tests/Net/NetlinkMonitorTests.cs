using System.Net;
using Calico.Core.Net;

namespace Calico.Node.Tests.Net;

public sealed class NetlinkMonitorTests : IDisposable
{
    private readonly NamespacePair _pair = new();
    private readonly NetlinkMonitor _monitor;

    public NetlinkMonitorTests() => _monitor = _pair.Near.Enter(() => new NetlinkMonitor());

    public void Dispose()
    {
        _monitor.Dispose();
        _pair.Dispose();
    }

    [Fact]
    public async Task A_link_is_reported_when_it_appears_and_when_it_goes()
    {
        var link = _pair.AddVeth();

        var appeared = await Next<LinkChanged>(change => change.Link.Name == "near");
        Assert.Equal(link.Index, appeared.Link.Index);
        Assert.Equal("veth", appeared.Link.Kind);
        Assert.True((await Next<LinkChanged>(change => change.Link is { Name: "near", Up: true })).Link.HasPeerElsewhere);

        _pair.Near.Ip("link delete near");
        Assert.Equal(link.Index, (await Next<LinkRemoved>(_ => true)).Link.Index);
    }

    [Fact]
    public async Task A_link_that_moves_to_another_namespace_is_removed_here()
    {
        _pair.Near.Ip("link add roaming type veth peer name stays", $"link set roaming netns {_pair.Far.Name}");

        Assert.Equal("roaming", (await Next<LinkRemoved>(_ => true)).Link.Name);
    }

    [Fact]
    public async Task A_port_that_leaves_a_bridge_is_not_a_removed_link()
    {
        _pair.AddVeth();
        _pair.Near.Ip("link add br0 type bridge", "link set near master br0", "link set near nomaster", "link delete br0");

        var removed = await Next<LinkRemoved>(_ => true);

        Assert.Equal("br0", removed.Link.Name);
    }

    [Theory]
    [InlineData("10.7.0.1/24")]
    [InlineData("fd00:7::1/64")]
    public async Task Addresses_are_reported_when_set_and_when_taken_away(string text)
    {
        var link = _pair.AddVeth();
        var address = IPAddress.Parse(text.Split('/')[0]);

        _pair.Near.Ip($"addr add {text} dev near");
        Assert.Equal(link.Index, (await Next<AddressChanged>(change => change.Address.Address.Equals(address))).Address.InterfaceIndex);

        _pair.Near.Ip($"addr delete {text} dev near");
        await Next<AddressRemoved>(change => change.Address.Address.Equals(address));
    }

    [Theory]
    [InlineData("10.8.0.0/16")]
    [InlineData("fd08::/32")]
    public async Task Routes_are_reported_when_added_and_when_deleted(string text)
    {
        var link = _pair.AddVeth();
        var destination = IPNetwork.Parse(text);
        var route = new RouteSpec { Destination = destination, InterfaceIndex = link.Index, Protocol = 80 };

        _pair.Client.AddRoute(route);
        var added = await Next<RouteChanged>(change => change.Route.Destination == destination);
        Assert.Equal(80, added.Route.Protocol);
        Assert.Equal(link.Index, added.Route.InterfaceIndex);

        _pair.Client.DeleteRoute(route);
        await Next<RouteRemoved>(change => change.Route.Destination == destination);
    }

    [Fact]
    public async Task A_consumer_that_falls_behind_is_told_to_read_the_state_again()
    {
        var link = _pair.AddVeth();
        using var monitor = _pair.Near.Enter(() => new NetlinkMonitor(receiveBuffer: 4096));

        // More than the backlog of events and this small buffer hold together, while nobody reads.
        for (var i = 0; i < 12_000; i++)
        {
            _pair.Client.AddRoute(new RouteSpec
            {
                Destination = new IPNetwork(new IPAddress([10, 100, (byte)(i >> 8), (byte)i]), 32),
                InterfaceIndex = link.Index,
            });
        }

        await Next<Overrun>(monitor, _ => true);

        // It goes on after that; with so small a buffer it may fall behind once more.
        NetworkEvent seen;
        var attempt = 0;
        do
        {
            var later = $"later{++attempt}";
            _pair.Near.Ip($"link add {later} type veth peer name other{attempt}");
            seen = await Next<NetworkEvent>(monitor, change => change is Overrun || (change is LinkChanged { Link: var link } && link.Name == later));
        }
        while (seen is Overrun);
    }

    [Fact]
    public async Task Disposal_completes_the_events()
    {
        _monitor.Dispose();

        await foreach (var change in _monitor.Events.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.IsType<NetworkEvent>(change, exactMatch: false);
        }

        Assert.True(_monitor.Events.Completion.IsCompletedSuccessfully);
    }

    /// <summary>The next event of a type that fits; others are passed over. Waits as long as the test may run.</summary>
    private static async Task<T> Next<T>(NetlinkMonitor monitor, Func<T, bool> fits)
        where T : NetworkEvent
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        await foreach (var change in monitor.Events.ReadAllAsync(limit.Token))
        {
            if (change is T match && fits(match))
            {
                return match;
            }
        }

        throw new InvalidOperationException("The monitor ended before the event came.");
    }

    private Task<T> Next<T>(Func<T, bool> fits)
        where T : NetworkEvent => Next(_monitor, fits);
}
