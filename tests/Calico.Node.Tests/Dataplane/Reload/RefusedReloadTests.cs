using Calico.Core.Runtime.Reports;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Reload;

/// <summary>New versions that are no good: everything stays as it was, and nothing of the new one stays.</summary>
public sealed class RefusedReloadTests : IAsyncLifetime
{
    private readonly DataplaneLab _lab = new(nodes: 1);

    private AgentUnderTest Agent => _lab.Agents[0];

    public async ValueTask InitializeAsync() => await _lab.StartAgents(Revised.With(Revised.First));

    [Fact]
    public async Task A_version_that_fails_anywhere_leaves_the_old_one_of_everything_in_force()
    {
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
        tcp.Exchange();
        var (generation, links, maps, programs) = (Agent.Status().Generation, Agent.LinkIds(), Agent.PinnedMaps(), Agent.AttachedPrograms());
        foreach (var (plugin, reason) in new[]
        {
            (Revised.Faulty(Revised.Second, "c_error"), "c_error.bpf.c.sbn:4"),
            (Revised.Faulty(Revised.Second, "rejected"), "rejected.bpf.c.sbn:7"),
            (Revised.Faulty(Revised.Second, "throw"), "the second thoughts of version 2"),
            (Revised.Faulty(Revised.Second, "layout"), "map packets: value field bytes is new (u64 at 0), value field packets was u64 at 0, is u64 at 8; flow field mark: it was u32, is u64"),
            ($"{{ folder: {Revised.Second}, options: {{ no-such: 1 }} }}", "no-such"),
            (Path.Combine(_lab.Folder, "nowhere"), "nowhere"),
        })
        {
            // A good one beside it: it stays out all the same.
            var report = await Agent.Reload(new AgentOptions { Plugins = [Built.FlowCounters, plugin, Built.TestPlugin("Acme.Wire")] });

            Assert.Equal(ReloadReport.Refused, report.Outcome);
            Assert.Contains(report.Reasons, sentence => sentence.Contains(reason, StringComparison.Ordinal));
            Assert.Equal(generation, report.GenerationAfter);
            Assert.Equal(generation, Agent.PinnedGeneration());
            Assert.Equal(links.OrderBy(link => link.Key), Agent.LinkIds().OrderBy(link => link.Key));
            Assert.Equal(programs.OrderBy(link => link.Key), Agent.AttachedPrograms().OrderBy(link => link.Key));
            Assert.Equal(maps, Agent.PinnedMaps());
            Assert.Equal("1.0.0", Agent.Plugins().Single(shown => shown.Id == "revised").Version);
            Assert.Empty(Agent.Status().Problems);
            tcp.Exchange();
        }

        Eventually.True(() => Agent.Status().PluginContexts == 2, () => string.Join(' ', Agent.Status().Notes));
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(Revised.With(Revised.Second))).Outcome);
        tcp.Exchange();
    }

    [Fact]
    public async Task One_that_was_refused_already_keeps_no_other_from_being_reloaded()
    {
        await Agent.Stop();
        var broken = $"{{ folder: {Built.TestPlugin("Acme.Broken")}, options: {{ fault: c_error }} }}";
        await Agent.StartAndWait(new AgentOptions { Plugins = [Built.FlowCounters, broken, Revised.First] });

        var report = await Agent.Reload(new AgentOptions { Plugins = [Built.FlowCounters, broken, Revised.Second] });

        Assert.True(report.Outcome == ReloadReport.Reloaded, string.Join(' ', report.Reasons));
        Assert.Contains(Agent.Plugins(), plugin => plugin is { Id: "broken", State: "refused" });
    }

    [Fact]
    public async Task Left_out_on_purpose_the_good_ones_are_put_in_force()
    {
        Agent.Configure(new AgentOptions { Plugins = [Built.FlowCounters, Revised.Faulty(Revised.Second, "rejected"), Built.TestPlugin("Acme.Wire")] });

        var said = Agent.Calico("--socket", Agent.Socket, "reload", "--without-refused");

        Assert.True(said.ExitCode == 0, said.Error + said.Output);
        Assert.Contains(Agent.Plugins(), plugin => plugin is { Id: "revised", State: "refused" });
        Assert.Contains(Agent.Plugins(), plugin => plugin is { Id: "wire", State: "running" });
    }

    [Fact]
    public async Task Another_layout_begins_empty_when_an_agent_starts_and_that_is_said()
    {
        Assert.True(_lab.Inside("n1/w1").CanPing(_lab.AddressOf("n1/w2", 4)), _lab.Drops());
        await Agent.Stop();

        await Agent.StartAndWait(Revised.With(Revised.Faulty(Revised.Second, "layout")));

        var notes = Agent.Status().Notes;
        Assert.Contains(notes, note => note.Contains("map packets: value field bytes is new (u64 at 0), value field packets was u64 at 0, is u64 at 8", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("flow field mark: it was u32, is u64", StringComparison.Ordinal));
        Assert.Empty(Agent.Status().Problems);
    }

    [Fact]
    public async Task A_plugin_that_does_not_stop_is_abandoned_and_the_new_generation_runs()
    {
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(new AgentOptions { Plugins = [Built.FlowCounters, Built.TestPlugin("Acme.Obedient")] })).Outcome);
        using var running = await Agent.Begin("echo", ("then", "ignore-stop"));

        var report = await Agent.Reload(Revised.With(Revised.First));

        Assert.Equal(ReloadReport.Reloaded, report.Outcome);
        Assert.Contains(report.Notes, note => note.StartsWith("Plugin 'obedient' had not stopped after 10 s.", StringComparison.Ordinal));
        Assert.Contains(Agent.Plugins(), plugin => plugin is { Id: "revised", State: "running" });
        Eventually.True(() => Agent.Status().Notes.Any(note => note.Contains("obedient", StringComparison.Ordinal)), "the leak is not shown");
    }

    public ValueTask DisposeAsync()
    {
        _lab.Dispose();
        return ValueTask.CompletedTask;
    }
}
