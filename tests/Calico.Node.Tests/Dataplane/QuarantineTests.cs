using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Plugins that are no good.</summary>
public sealed class QuarantineTests : IDisposable
{
    private readonly DataplaneLab _lab = new(nodes: 1);

    private AgentUnderTest Agent => _lab.Agents[0];

    [Fact]
    public async Task A_plugin_that_is_no_good_is_refused_with_the_reason_and_everything_else_runs()
    {
        await Agent.StartAndWait(new AgentOptions());
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n1/w2"), _lab.AddressOf("n1/w2", 4));
        tcp.Exchange();
        foreach (var (plugin, id, reason) in new[]
        {
            (Broken("c_error"), "broken", "c_error.bpf.c.sbn:4"),
            (Broken("unknown_variable"), "broken", "unknown_variable.bpf.c.sbn:4"),
            (Broken("rejected"), "broken", "rejected.bpf.c.sbn:7"),
            (Broken("not_there"), "broken", "not_there.bpf.c.sbn"),
            (Broken("too_large"), "broken", "The map 'broken_huge' of plugin 'broken' with room for 2,000,000,000 entries takes "),
            (Built.TestPlugin("Acme.Throwing"), "throwing", "the licence server is on holiday"),
            (Path.Combine(_lab.Folder, "no-plugin"), "no-plugin", "no-plugin"),
        })
        {
            await Agent.Stop();
            await Agent.StartAndWait(new AgentOptions { Plugins = [Built.FlowCounters, plugin] });

            var plugins = Agent.Plugins();
            var refused = Assert.Single(plugins, shown => shown.State == "refused");
            Assert.Equal(id, refused.Id);
            Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
            Assert.Contains(plugins, shown => shown is { Id: "flow-counters", State: "running" });
            Assert.Contains(Agent.Status().Problems, problem => problem.Contains(reason, StringComparison.Ordinal));
            tcp.Exchange();
            Assert.True(_lab.Inside("n1/w1").CanPing(_lab.AddressOf("n1/w2", 6)), Agent.AllDrops());
            Assert.NotEmpty(Agent.Flows());
        }
    }

    public void Dispose() => _lab.Dispose();

    private static string Broken(string fault) => $"{{ folder: {Built.TestPlugin("Acme.Broken")}, options: {{ fault: {fault} }} }}";
}
