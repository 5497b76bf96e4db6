using Calico.Core.Runtime.Reports;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Reload;

/// <summary>Another version of a plugin, put in force by a running agent.</summary>
public sealed class ReloadTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly DataplaneLab _lab = new(nodes: 1);

    private AgentUnderTest Agent => _lab.Agents[0];

    public async ValueTask InitializeAsync() => await _lab.StartAgents(Revised.With(Revised.First));

    [Fact]
    public async Task Another_version_is_put_in_force_under_a_connection_and_the_old_one_leaves_the_kernel_and_memory()
    {
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
        tcp.Exchange();
        var (before, links) = (Agent.Status(), Agent.LinkIds());
        Assert.NotEqual(0UL, Revised.Counted(Agent, 1));

        var report = await Agent.Reload(Revised.With(Revised.Second));

        output.WriteLine($"{report.Milliseconds} ms: {string.Join(", ", report.Steps.Select(step => $"{step.Name} {step.Milliseconds}"))}");
        Assert.True(report.Outcome == ReloadReport.Reloaded, string.Join(' ', report.Reasons));
        Assert.Equal((before.Generation, before.Generation + 1), (report.GenerationBefore, report.GenerationAfter));
        Assert.Contains(new PluginChange("revised", "1.0.0", "2.0.0"), report.Plugins);
        var old = Revised.Counted(Agent, 1);
        tcp.Exchange();
        tcp.Transfer(3_000_000);
        Assert.Equal(old, Revised.Counted(Agent, 1));
        Assert.NotEqual(0UL, Revised.Counted(Agent, 2));
        AssertInForce(before.Generation + 1, "2.0.0");
        Assert.Equal(links.OrderBy(link => link.Key), Agent.LinkIds().OrderBy(link => link.Key));
        Assert.Contains("revised_second_thoughts", Agent.PinnedMaps());
        Assert.Equal(ReloadReport.Reloaded, Agent.Status().LastReload?.Outcome);

        // And back: what only the second one had is gone.
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(Revised.With(Revised.First))).Outcome);
        tcp.Exchange();
        AssertInForce(before.Generation + 2, "1.0.0");
        Assert.DoesNotContain("revised_second_thoughts", Agent.PinnedMaps());
        Eventually.True(() => Agent.Status().PluginContexts == 2, () => string.Join(' ', Agent.Status().Notes));
        Assert.Empty(Agent.Status().Notes);
    }

    [Fact]
    public async Task A_plugin_that_comes_and_one_that_goes_are_a_reload_too()
    {
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 6));
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(new AgentOptions { Plugins = [] })).Outcome);
        tcp.Exchange();
        Assert.DoesNotContain("revised_packets", Agent.PinnedMaps());
        Assert.Equal(0, Agent.Status().Stages);

        // Among them one with a program at a hook that had none.
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(new AgentOptions { Plugins = [Built.FlowCounters, Built.TestPlugin("Acme.Wire")] })).Outcome);
        tcp.Exchange();
        Assert.Contains(Agent.LinkIds(), link => link.Key.EndsWith("-xdp", StringComparison.Ordinal));
        Assert.NotEmpty(Agent.Flows());

        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(new AgentOptions())).Outcome);
        tcp.Exchange();
        Assert.DoesNotContain(Agent.LinkIds(), link => link.Key.EndsWith("-xdp", StringComparison.Ordinal));
        Assert.Empty(Agent.Status().Problems);
    }

    [Fact]
    public async Task The_command_line_and_SIGHUP_reload_and_say_what_only_a_restart_changes()
    {
        Agent.Configure(Revised.With(Revised.Second, "hostRouting: true"));
        var said = Agent.Calico("--socket", Agent.Socket, "reload");
        Assert.True(said.ExitCode == 0, said.Error + said.Output);
        Assert.Contains("revised 1.0.0 -> 2.0.0", said.Output, StringComparison.Ordinal);
        Assert.Contains("hostRouting", said.Output, StringComparison.Ordinal);

        Agent.Configure(Revised.With(Revised.First));
        var generation = Agent.Status().Generation;
        Agent.HangUp();
        Eventually.True(() => Agent.Status().LastReload?.GenerationAfter == generation + 1, () => Agent.Log);
        AssertInForce(generation + 1, "1.0.0");

        File.WriteAllText(Agent.ConfigurationFile, "plugins: 7");
        said = Agent.Calico("--socket", Agent.Socket, "reload");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("agent.yaml", said.Output, StringComparison.Ordinal);
        Assert.Contains("refused", Agent.Calico("--socket", Agent.Socket, "status").Output, StringComparison.Ordinal);
        AssertInForce(generation + 1, "1.0.0");
    }

    public ValueTask DisposeAsync()
    {
        _lab.Dispose();
        return ValueTask.CompletedTask;
    }

    private void AssertInForce(int generation, string version)
    {
        Assert.Equal(generation, Agent.Status().Generation);
        Assert.Equal(generation, Agent.PinnedGeneration());
        Assert.Equal(version, Agent.Plugins().Single(plugin => plugin.Id == "revised").Version);
        Assert.Empty(Agent.Status().Problems);
        ReloadChecks.AssertEveryLinkHasTheChainInForce(Agent);
    }
}
