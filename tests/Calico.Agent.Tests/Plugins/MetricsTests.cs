using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Plugins;

public sealed class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plugins_instruments_are_exported_and_gone_with_it_and_keep_it_from_nothing()
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        Assert.Contains("desired_journal_lines{", await plugin.Agent.Http.GetStringAsync("v1/metrics", Stop), StringComparison.Ordinal);

        Assert.Empty(await plugin.UnloadAsync());
        for (int round = 0; round < 100 && plugin.Host.ContextsAlive > 0; round++)
        {
            await plugin.Agent.Http.GetStringAsync("v1/metrics", Stop);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50, Stop);
        }

        Assert.Equal(0, plugin.Host.ContextsAlive);
        Assert.DoesNotContain("desired_journal_lines{", await plugin.Agent.Http.GetStringAsync("v1/metrics", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_them()
    {
        await using RealPlugin plugin = await RealPlugin.StartAsync();
        CommandResult result = await plugin.Agent.CalicoAsync("metrics");
        Assert.Contains("# TYPE desired_journal_lines gauge", result.Output, StringComparison.Ordinal);
    }
}
