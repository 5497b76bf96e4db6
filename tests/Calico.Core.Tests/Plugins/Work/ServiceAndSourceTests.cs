using Calico.Core.Plugins;
using Calico.Core.Runtime;
using Calico.Core.Tests.Resources;

namespace Calico.Core.Tests.Plugins.Work;

public sealed class ServiceAndSourceTests
{
    [Fact]
    public async Task A_service_that_throws_is_started_again_and_the_problem_goes_away()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("serve", "throw-once"));
        string[] lines = await DesiredHost.JournalWhen(set, lines => lines.Count(line => line == "service started") == 2);
        Assert.StartsWith("all[", lines[0], StringComparison.Ordinal);
        await DesiredHost.Until(() => !PluginActivity.Problems(set).Any());
        Assert.Single(host.Log.All);
    }

    [Fact]
    public async Task A_service_that_always_throws_is_a_problem()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("serve", "throw-always"));
        await DesiredHost.Until(() => PluginActivity.Problems(set).Any(problem => problem.Contains("failed 2 times", StringComparison.Ordinal)));
        Assert.Equal(
            "Plugin 'desired': its service WishService failed 2 times: InvalidOperationException: I am of no service. It is started again.",
            Assert.Single(PluginActivity.Problems(set)));
        Assert.Empty(await set.StopAsync());
    }

    [Fact]
    public async Task A_service_that_ends_is_not_started_again()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("serve", "end"));
        await DesiredHost.JournalWhen(set, lines => lines.Contains("service started"));
        Assert.Empty(PluginActivity.Problems(set));
        Assert.Empty(await set.StopAsync());
    }

    [Fact]
    public async Task Reconcilers_wait_for_a_plugins_source_and_see_what_it_gives()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("source", "a/b"));
        Assert.Equal("all[Added:a=a Added:b=b] wishes[a b] nodes[]", (await DesiredHost.Journal(set))[0]);
        Assert.Equal(["acme:a:2", "acme:b:2"], host.Store.Snapshot.Held.Select(held => $"{held.Position.File}:{held.Position.Line + 1}"));
    }

    [Fact]
    public async Task A_sources_mistakes_are_named_with_its_own_places()
    {
        await using var host = new DesiredHost();
        await host.StartAsync(("source", "wrong/unreadable"));
        Assert.Contains(host.Store.Snapshot.Reasons(), reason => reason.StartsWith("acme:wrong:5: spec.velue", StringComparison.Ordinal));
        Assert.Contains(host.Store.Snapshot.Reasons(), reason => reason.StartsWith("acme:unreadable:", StringComparison.Ordinal) && reason.Contains("is not valid YAML", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_that_fails_is_read_again_and_the_start_waits_for_it()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("source", "throw-once"));
        Assert.Equal("all[Added:throw-once=throw-once] wishes[throw-once] nodes[]", (await DesiredHost.Journal(set))[0]);
        Assert.Contains("Plugin 'desired': the resource source 'acme' failed once: InvalidOperationException: the cluster is away.", Assert.Single(host.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_plugin_goes_what_its_source_gave_goes_and_when_the_agent_stops_it_stays()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync(("source", "a"));
        Assert.Empty(await set.StopAsync());
        Assert.Single(host.Store.Snapshot.Held);

        host.Activity.Use(PluginSet.Empty);
        Assert.Empty(host.Store.Snapshot.Held);
        Assert.Empty(host.Store.Snapshot.Refused);
    }
}
