using System.Runtime.CompilerServices;
using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins;

public sealed class UnloadTests
{
    [Fact]
    public async Task A_stopped_plugin_leaves_memory()
    {
        var host = new PluginHost(TestHost.Services);
        await LoadRunAndStop(host, BuiltPlugin.FlowCounters, "flows");
        await ExpectNothingAlive(host);
    }

    [Fact]
    public async Task A_plugin_whose_command_failed_leaves_memory()
    {
        var host = new PluginHost(TestHost.Services);
        await LoadRunAndStop(host, BuiltPlugin.Obedient, "echo", ("then", "fail"));
        await ExpectNothingAlive(host);
    }

    [Fact]
    public async Task Stopping_ends_the_commands_that_run()
    {
        PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        await using var rows = Assert.Single(set.Commands)
            .RunAsync(new Dictionary<string, string> { ["then"] = "wait" }, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await rows.MoveNextAsync());
        Task<bool> waiting = rows.MoveNextAsync().AsTask();

        ValueTask<IReadOnlyList<string>> stopping = set.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(await stopping);
    }

    [Fact]
    public async Task A_plugin_that_does_not_stop_is_abandoned_and_reported()
    {
        PluginSet set = await new PluginHost(TestHost.Services).LoadAsync(
            new PluginRequest([BuiltPlugin.Obedient]) { Patience = TimeSpan.FromSeconds(2) }, TestContext.Current.CancellationToken);
        var rows = Assert.Single(set.Commands)
            .RunAsync(new Dictionary<string, string> { ["then"] = "ignore-stop" }, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await rows.MoveNextAsync());
        _ = rows.MoveNextAsync().AsTask();

        Assert.StartsWith("Plugin 'obedient' had not stopped after 2 s.", Assert.Single(await set.StopAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_the_plugins_is_refused_after_it_was_stopped()
    {
        PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        LoadedPlugin plugin = Assert.Single(set.Plugins);
        PluginCommand command = Assert.Single(plugin.Commands);
        Assert.Empty(await set.StopAsync());

        Assert.Throws<ObjectDisposedException>(() => plugin.Services);
        Assert.Throws<ObjectDisposedException>(() => plugin.Declaration);
        Assert.Empty(plugin.Commands);
        var refused = await Assert.ThrowsAsync<PluginCommandException>(() => Commands.RunToEnd(command));
        Assert.Equal("Plugin 'obedient' is being unloaded. Run 'echo' again.", refused.Message);
        Assert.Empty(await set.StopAsync());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task LoadRunAndStop(PluginHost host, string folder, string command, params (string Name, string Value)[] options)
    {
        PluginSet set = await host.LoadAsync(new PluginRequest([folder]));
        try
        {
            Assert.NotEmpty(await Commands.RunToEnd(set.Commands.Single(known => known.Name == command), options));
        }
        catch (PluginCommandException) when (options.Length > 0)
        {
        }

        Assert.Equal(1, host.ContextsAlive);
        Assert.Empty(await set.StopAsync());
    }

    /// <summary>The runtime unloads when it likes, after a few collections.</summary>
    private static async Task ExpectNothingAlive(PluginHost host)
    {
        for (int round = 0; round < 100 && host.ContextsAlive > 0; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, host.ContextsAlive);
    }
}
