using Calico.Core.Plugins;
using Calico.Core.Runtime;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Plugins.Work;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task It_gets_everything_first_and_then_the_changes()
    {
        await using var host = new DesiredHost();
        host.Wish(("a", "1"));
        PluginSet set = await host.StartAsync();
        Assert.Equal(["all[Added:a=1] wishes[a] nodes[]"], await DesiredHost.Journal(set));

        host.Wish(("a", "2"), ("b", "1"));
        string[] lines = await DesiredHost.JournalWhen(set, lines => lines.Length > 1);
        Assert.Equal("changes[Updated:a=2 Added:b=1] wishes[a b] nodes[]", lines[1]);

        host.Wish(("b", "1"));
        lines = await DesiredHost.JournalWhen(set, lines => lines.Length > 2);
        Assert.Equal("changes[Removed:a=] wishes[b] nodes[]", lines[2]);
        Assert.Empty(PluginActivity.Problems(set));
    }

    [Fact]
    public async Task One_that_throws_once_gets_the_same_again_and_the_problem_goes_away()
    {
        await using var host = new DesiredHost();
        host.Wish(("a", "1"));
        PluginSet set = await host.StartAsync(("reconcile", "throw-once"));

        string[] lines = await DesiredHost.JournalWhen(set, lines => lines.Length > 1);
        Assert.Equal(["all[Added:a=1] wishes[a] nodes[]", "all[Added:a=1] wishes[a] nodes[]"], lines);
        await DesiredHost.Until(() => !PluginActivity.Problems(set).Any());
        Assert.StartsWith(
            "Plugin 'desired': its reconciler WishReconciler failed once: InvalidOperationException: I was told to. It is tried again; what it did before stays in force.",
            Assert.Single(host.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_always_throws_is_a_problem_with_a_count_is_logged_once_and_disturbs_nobody()
    {
        await using var host = new DesiredHost();
        host.Wish(("a", "1"));
        PluginSet set = await host.StartAsync(TimeSpan.FromSeconds(30), [BuiltPlugin.Obedient], ("reconcile", "throw-always"), ("serve", "wait"));

        await DesiredHost.Until(() => PluginActivity.Problems(set).Any(problem => problem.Contains("failed 3 times", StringComparison.Ordinal)));
        Assert.Single(host.Log.All);
        // Changes that come meanwhile come with what failed, as one.
        host.Wish(("a", "2"), ("b", "1"));
        string[] lines = await DesiredHost.JournalWhen(set, lines => lines.Any(line => line.Contains("b=1", StringComparison.Ordinal)));
        Assert.Equal("all[Added:a=2 Added:b=1] wishes[a b] nodes[]", lines.First(line => line.Contains("b=1", StringComparison.Ordinal)));
        Assert.Contains("service started", lines);
        Assert.NotEmpty(await Commands.RunToEnd(set.Commands.Single(command => command.Name == "echo")));
    }

    [Fact]
    public async Task It_is_never_called_twice_at_once_and_what_comes_meanwhile_is_one_batch()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync();
        for (int round = 0; round < 200; round++)
        {
            host.Wish(("a", $"{round}"));
        }

        string[] lines = await DesiredHost.JournalWhen(set, lines => lines.Any(line => line.Contains("a=199", StringComparison.Ordinal)));
        Assert.DoesNotContain("two rounds at once", lines);
    }

    [Fact]
    public async Task Stopping_asks_the_reconciler_to_return()
    {
        await using var host = new DesiredHost();
        PluginSet set = await host.StartAsync();
        Assert.Empty(await set.StopAsync());
    }

    [Fact]
    public async Task One_that_throws_when_it_is_stopped_is_no_failure()
    {
        await using var host = new DesiredHost();
        PluginSet set = await StartInBackground(host, TimeSpan.FromSeconds(30), ("reconcile", "throw-at-stop"));
        Assert.Empty(await set.StopAsync());
        Assert.Empty(host.Log.All);
    }

    [Fact]
    public async Task One_that_hangs_at_unload_is_abandoned_and_reported()
    {
        await using var host = new DesiredHost();
        PluginSet set = await StartInBackground(host, TimeSpan.FromSeconds(1), ("reconcile", "hang"));
        Assert.StartsWith("Plugin 'desired' had not stopped after 1 s. It was abandoned", Assert.Single(await set.StopAsync()), StringComparison.Ordinal);
    }

    /// <summary>Does not wait for the first round, which does not end.</summary>
    private static async Task<PluginSet> StartInBackground(DesiredHost host, TimeSpan patience, params (string Name, string Value)[] options)
    {
        PluginSet set = await host.Plugins.LoadAsync(new PluginRequest([BuiltPlugin.Desired])
        {
            OptionsByFolder = new Dictionary<string, MappingNode>
            {
                [BuiltPlugin.Desired] = OptionText.Of(options.Select(option => KeyValuePair.Create(option.Name, option.Value)), "the test"),
            },
            Patience = patience,
        });
        host.Activity.Use(set);
        _ = host.Activity.StartAsync(set, TestContext.Current.CancellationToken);
        await DesiredHost.JournalWhen(set, lines => lines.Length > 0);
        return set;
    }
}
