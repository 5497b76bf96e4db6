using Calico.Core.Bpf;
using Calico.Core.Runtime.Reports;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Sockets;

/// <summary>Plugins' programs at sockets: the real agent, real processes in a cgroup of the test's own.</summary>
public sealed class SocketProgramTests : IDisposable
{
    private static readonly string s_plugin = Built.TestPlugin("Acme.Sockets");

    private readonly DataplaneLab _lab = new(nodes: 1);
    private readonly OwnCgroup _cgroup = new();

    private AgentUnderTest Agent => _lab.Agents[0];

    private string Pins => Path.Combine(Agent.Bpffs, "sockets");

    [Fact]
    public async Task Connections_of_processes_in_the_cgroup_and_the_agents_namespace_are_redirected_and_all_others_are_not()
    {
        var (node, workload) = (_lab.Inside("n1"), _lab.Inside("n1/w1"));
        using var servers = new PortServers(node, 7001, 7002, 7003, 7999);
        using var others = new PortServers(workload, 7001, 7002);
        await Agent.StartAndWait(Redirecting(7002));
        Assert.DoesNotContain(Agent.Status().Problems, problem => problem.Contains("ocket", StringComparison.Ordinal));
        Assert.Equal(9, Links().Count);

        AssertReached(7002);
        Assert.Contains("not permitted", _cgroup.Call(node, "127.0.0.1", 7999), StringComparison.Ordinal);
        Assert.Equal("7999", _cgroup.Call(node, "::1", 7999));
        Assert.Equal("7001", _cgroup.Call(node, "127.0.0.1", 7001, joins: false));
        Assert.Equal("7001", _cgroup.Call(node, "::1", 7001, joins: false));
        Assert.Equal("7001", _cgroup.Call(workload, "127.0.0.1", 7001));
        Assert.Equal("7001", _cgroup.Call(workload, "::1", 7001));

        // Another generation: the links stay, the programs are others.
        var before = Links();
        var reload = await Agent.Reload(Redirecting(7003));
        Assert.True(reload.Outcome == ReloadReport.Reloaded, string.Join(' ', reload.Reasons));
        AssertReached(7003);
        AssertSwapped(before, Links());

        // A reload that is refused leaves them.
        before = Links();
        reload = await Agent.Reload(With("fault: c_error"));
        Assert.Equal(ReloadReport.Refused, reload.Outcome);
        Assert.Contains("c_error.bpf.c.sbn:4", string.Join(' ', reload.Reasons), StringComparison.Ordinal);
        Assert.Equal(before.OrderBy(link => link.Key), Links().OrderBy(link => link.Key));
        AssertReached(7003);

        // Without an agent, and with another one.
        await Agent.Kill();
        AssertReached(7003);
        before = Links();
        await Agent.StartAndWait(Redirecting(7002));
        AssertReached(7002);
        AssertSwapped(before, Links());

        // The plugin goes, comes again, and the whole instance goes.
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(With(null))).Outcome);
        Assert.Empty(Links());
        AssertReached(7001);
        Assert.Equal(ReloadReport.Reloaded, (await Agent.Reload(Redirecting(7002))).Outcome);
        AssertReached(7002);
        await Agent.Stop();
        AssertReached(7002);
        Agent.Calico("uninstall", "--config", Agent.ConfigurationFile).OrThrow();
        AssertReached(7001);
        Assert.False(Directory.Exists(Pins));
    }

    [Fact]
    public async Task A_program_that_is_no_good_has_its_plugin_refused_at_the_templates_line()
    {
        foreach (var (fault, reason) in new[]
        {
            ("c_error", "c_error.bpf.c.sbn:4"),
            ("rejected", "rejected.bpf.c.sbn:8"),
            ("refusing", "refusing.bpf.c.sbn:4"),
        })
        {
            await Agent.StartAndWait(With($"fault: {fault}"));

            var refused = Assert.Single(Agent.Plugins(), shown => shown.State == "refused");
            Assert.Equal("sockets", refused.Id);
            Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
            Assert.Contains(Agent.Plugins(), shown => shown is { Id: "flow-counters", State: "running" });
            Assert.Empty(Links());
            await Agent.Stop();
        }
    }

    [Fact]
    public async Task Without_a_cgroup_or_with_a_wrong_one_the_status_says_that_programs_are_not_attached()
    {
        await Agent.StartAndWait(new AgentOptions { Plugins = [s_plugin] });
        Assert.Contains(Agent.Status().Problems, problem =>
            problem.StartsWith("Plugin sockets: its socket program 'redirect' is loaded and not attached", StringComparison.Ordinal));
        await Agent.Stop();

        await Agent.StartAndWait(new AgentOptions { Plugins = [s_plugin], More = "attach: { cgroup: /tmp }" });
        Assert.Contains(Agent.Status().Problems, problem => problem.Contains("/tmp is no folder of cgroup2", StringComparison.Ordinal));
        Assert.True(_lab.Inside("n1/w1").CanPing(_lab.AddressOf("n1/w2", 4)), Agent.AllDrops());
    }

    public void Dispose()
    {
        _lab.Dispose();
        _cgroup.Dispose();
    }

    private AgentOptions Redirecting(int to) => With($"to: {to}");

    private AgentOptions With(string? options) => new()
    {
        Plugins = options is null ? [Built.FlowCounters] : [Built.FlowCounters, $"{{ folder: {s_plugin}, options: {{ {options} }} }}"],
        More = $"attach: {{ cgroup: {_cgroup.Path} }}",
    };

    private void AssertReached(int port)
    {
        Assert.Equal($"{port}", _cgroup.Call(_lab.Inside("n1"), "127.0.0.1", 7001));
        Assert.Equal($"{port}", _cgroup.Call(_lab.Inside("n1"), "::1", 7001));
    }

    private Dictionary<string, LinkInfo> Links() => !Directory.Exists(Pins) ? [] : Directory.GetFiles(Pins).ToDictionary(pin => Path.GetFileName(pin), pin =>
    {
        using var link = BpfLink.OpenPinned(pin);
        return link.Info();
    });

    private static void AssertSwapped(Dictionary<string, LinkInfo> before, Dictionary<string, LinkInfo> after)
    {
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(after, link =>
        {
            Assert.Equal(before[link.Key].Id, link.Value.Id);
            Assert.NotEqual(before[link.Key].ProgramId, link.Value.ProgramId);
        });
    }
}
