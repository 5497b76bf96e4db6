using System.Net;
using Calico.Plugins.FlowCounters;
using Calico.Sdk.Testing;

namespace Calico.Plugins.Tests.FlowCounters;

/// <summary>The plugin in a whole chain, in the kernel, as a third party would test its own.</summary>
public sealed class FlowCountersChainTests : IAsyncLifetime
{
    private ChainUnderTest _chain = null!;

    public async ValueTask InitializeAsync() =>
        _chain = await ChainUnderTest.StartAsync<FlowCountersPlugin>(setup => setup.On(Calico.Sdk.Hooks.WorkloadIngress));

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_is_listed_with_what_it_carried_and_how_old_it_is(bool v6)
    {
        IPAddress client = v6 ? _chain.WorkloadA.IPv6 : _chain.WorkloadA.IPv4;
        Packet syn = Packet.From(client).To(_chain.WorkloadB).Tcp(40_000, 80, TcpFlags.Syn);
        _chain.Send(syn).ShouldBeRedirectedTo(_chain.WorkloadB).ShouldHaveRunExactly("flow_start");
        _chain.Send(syn.Reply(TcpFlags.SynAck)).ShouldBeRedirectedTo(_chain.WorkloadA).ShouldHaveRunExactly();
        _chain.Send(syn.Change<TcpHeader>(tcp => tcp with { Flags = TcpFlags.Ack })).ShouldHaveRunExactly();
        _chain.Clock.Advance(TimeSpan.FromMinutes(2));

        var row = Assert.Single(await _chain.RunAsync("flows", ("protocol", "tcp")));

        Assert.Equal(new IPEndPoint(client, 40_000).ToString(), row.GetProperty("source").GetString());
        Assert.Equal("established", row.GetProperty("state").GetString());
        Assert.Equal((2, 1), (row.GetProperty("forwardPackets").GetInt32(), row.GetProperty("replyPackets").GetInt32()));
        Assert.InRange(row.GetProperty("ageSeconds").GetDouble(), 119, 180);
    }
}
