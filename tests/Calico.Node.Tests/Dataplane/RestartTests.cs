using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Agents that crash, are replaced, and are taken off.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly DataplaneLab _lab = new();

    private AgentUnderTest Agent => _lab.Agents[0];

    public async ValueTask InitializeAsync() => await _lab.StartAgents();

    [Fact]
    public async Task Killed_its_traffic_goes_on_and_the_next_agent_takes_over_all_that_it_left()
    {
        var local = _lab.AddressOf("n1/w2", 4);
        using var near = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), local);
        using var far = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n2/w1"), _lab.AddressOf("n2/w1", 6));
        near.Exchange();
        far.Exchange();
        var (links, generation, flow) = (Agent.LinkIds(), Agent.Status().Generation, Flow(near));
        Assert.NotEmpty(links);

        await Agent.Kill();

        near.Exchange();
        near.Transfer(5_000_000);
        far.Exchange();
        far.Transfer(5_000_000);
        Ways.AssertAll(_lab);

        var talking = Talk(near, far, out var stop);
        await Agent.StartAndWait(new AgentOptions());
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.True(await talking > 0);

        Assert.Equal(links.OrderBy(link => link.Key), Agent.LinkIds().OrderBy(link => link.Key));
        Assert.True(Agent.Status().Generation > generation);
        Assert.Equal(Agent.Status().Generation, Agent.PinnedGeneration());
        var kept = Flow(near);
        Assert.Equal(flow.GetProperty("started").GetDateTimeOffset(), kept.GetProperty("started").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.True(kept.GetProperty("forwardPackets").GetUInt64() > flow.GetProperty("forwardPackets").GetUInt64());
        Assert.Empty(Agent.Status().Problems);
        Ways.AssertAll(_lab);
    }

    [Fact]
    public async Task Under_a_transfer_agents_come_and_go_and_no_byte_is_lost()
    {
        using var near = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 6));
        using var far = TcpConnection.Open(_lab.Inside("n2/w2"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
        var talking = Talk(near, far, out var stop);
        for (var round = 0; round < 3; round++)
        {
            await Agent.Stop();
            await Agent.StartAndWait(new AgentOptions());
        }

        // A plugin that goes and comes back: other chains, other maps.
        await Agent.Stop();
        await Agent.StartAndWait(new AgentOptions { Plugins = [] });
        await Agent.Stop();
        await Agent.StartAndWait(new AgentOptions());
        await stop.CancelAsync();
        Assert.True(await talking > 0);
        Assert.Equal(Agent.Status().Generation, Agent.PinnedGeneration());
        Assert.Empty(Agent.Status().Problems);
    }

    [Fact]
    public async Task What_changed_while_no_agent_ran_holds_when_the_next_one_is_there()
    {
        var gone = _lab.Named("n1/w2");
        var passing = _lab.AddressOf("n1/w2", 4);
        Assert.True(_lab.Inside("n1/w1").CanPing(passing), _lab.Drops());
        await Agent.Kill();
        _lab.Topology.RemoveWorkload(gone);
        _lab.Withdraw(gone);
        var fresh = _lab.Topology.AddWorkload(_lab.Topology.Nodes[0], "w3");
        _lab.Announce(fresh);
        Assert.NotEqual(0, fresh.Namespace.Ping(_lab.AddressOf("n1", 4)).ExitCode);

        await Agent.StartAndWait(new AgentOptions());

        Assert.True(fresh.Namespace.CanPing(_lab.AddressOf("n2/w1", 4)), _lab.Drops());
        Assert.True(_lab.Inside("n2/w1").CanPing(fresh.Address6), _lab.Drops());
        Assert.True(_lab.Inside("n1").CanPing(fresh.Address4), _lab.Drops());
        Assert.NotEqual(0, _lab.Inside("n1/w1").Ping(passing).ExitCode);
        Assert.DoesNotContain($"{passing} ", _lab.Inside("n1").Run("ip", "route", "show", "proto", "80").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Agent.Interfaces(), iface => iface.Name == gone.HostInterface);
    }

    [Fact]
    public async Task Uninstalled_nothing_is_left_and_the_other_node_does_not_notice()
    {
        using var other = TcpConnection.Open(_lab.Inside("n2/w1"), _lab.Inside("n2/w2"), _lab.AddressOf("n2/w2", 4));
        other.Exchange();
        var refused = Agent.Calico("uninstall", "--config", Agent.ConfigurationFile);
        Assert.NotEqual(0, refused.ExitCode);

        await Agent.Stop();
        var removed = Agent.Calico("uninstall", "--config", Agent.ConfigurationFile);

        Assert.True(removed.ExitCode == 0, removed.Error);
        Assert.False(Directory.Exists(Agent.Bpffs), "its folder of bpffs is still there");
        Assert.Empty(_lab.Inside("n1").Run("ip", "route", "show", "proto", "80").Output);
        Assert.Empty(_lab.Inside("n1").Run("ip", "-6", "route", "show", "proto", "80").Output);
        Assert.DoesNotContain("calico", _lab.Inside("n1").Run("nft", "list", "ruleset").Output, StringComparison.Ordinal);
        _lab.Inside("n1/w1").Ip("neigh flush all");
        Assert.NotEqual(0, _lab.Inside("n1/w1").Ping(_lab.AddressOf("n1/w2", 4)).ExitCode);
        other.Exchange();
        Assert.True(_lab.Inside("n2/w1").CanPing(_lab.AddressOf("n2", 4)), _lab.Agents[1].AllDrops());
        Assert.Empty(_lab.Agents[1].Status().Problems);
    }

    public ValueTask DisposeAsync()
    {
        _lab.Dispose();
        return ValueTask.CompletedTask;
    }

    // Rounds of transfers until it is told to stop; a connection that breaks, or a byte that is wrong, fails the test.
    private static Task<int> Talk(TcpConnection near, TcpConnection far, out CancellationTokenSource stop)
    {
        var source = stop = new CancellationTokenSource();
        return Task.Run(() =>
        {
            var rounds = 0;
            while (!source.IsCancellationRequested)
            {
                near.Transfer(1_000_000);
                far.Transfer(1_000_000);
                near.Exchange();
                far.Exchange();
                rounds++;
            }

            return rounds;
        });
    }

    private System.Text.Json.JsonElement Flow(TcpConnection connection) => Agent.Flows().Single(flow =>
        flow.GetProperty("source").GetString()!.EndsWith($":{((System.Net.IPEndPoint)connection.Client.LocalEndPoint!).Port}", StringComparison.Ordinal)
        && flow.GetProperty("protocol").GetString()!.Equals("tcp", StringComparison.OrdinalIgnoreCase));
}
