using Calico.Core.Plugins;
using Calico.Core.Tests.Plugins.Linking;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Tests.Plugins;

/// <summary>Plugins that make trouble when they are to go.</summary>
public sealed class StoppingTests
{
    [Theory]
    [InlineData("Thread.Sleep(Timeout.Infinite);", "Plugin 'tried' had not stopped after 0.5 s. It was abandoned: ")]
    [InlineData("throw new InvalidOperationException(\"not yet\");", "Plugin 'tried' failed while it was stopped: InvalidOperationException: not yet")]
    public async Task A_plugin_that_hangs_or_throws_while_it_is_unloaded_is_abandoned_and_reported(string dispose, string sentence)
    {
        using TemporaryFolder folder = CompiledPlugin.Write($$"""
            using Calico.Sdk;
            using Microsoft.Extensions.DependencyInjection;
            namespace Acme.Tried;
            [DataplanePlugin("tried")]
            public sealed class TriedPlugin : IDataplanePlugin { public void Configure(IPluginBuilder plugin) => plugin.Services.AddSingleton<Held>(); }
            public sealed class Held : IDisposable { public void Dispose() { {{dispose}} } }
            """);
        PluginSet set = await new PluginHost(TestHost.Services).LoadAsync(
            new PluginRequest([folder.Path, BuiltPlugin.FlowCounters]) { Patience = TimeSpan.FromSeconds(30) }, TestContext.Current.CancellationToken);
        LoadedPlugin plugin = set.Find("tried")!;
        _ = plugin.Services.GetRequiredService(plugin.Assembly.GetType("Acme.Tried.Held")!);

        Assert.StartsWith(sentence, await plugin.StopAsync(TimeSpan.FromSeconds(0.5)), StringComparison.Ordinal);
        Assert.Empty(await set.StopAsync()); // the other goes in peace
    }

    [Fact]
    public async Task A_plugin_that_keeps_its_thread_while_it_is_constructed_is_given_up_and_the_others_run()
    {
        using TemporaryFolder folder = CompiledPlugin.Write("""
            using Calico.Sdk;
            namespace Acme.Tried;
            [DataplanePlugin("tried")]
            public sealed class TriedPlugin : IDataplanePlugin
            {
                public TriedPlugin() => Thread.Sleep(Timeout.Infinite);
                public void Configure(IPluginBuilder plugin) { }
            }
            """);
        await using PluginSet set = await new PluginHost(TestHost.Services).LoadAsync(
            new PluginRequest([folder.Path, BuiltPlugin.FlowCounters]) { Patience = TimeSpan.FromSeconds(5) }, TestContext.Current.CancellationToken);

        Assert.Equal("flow-counters", Assert.Single(set.Plugins).Id);
        Assert.StartsWith("Plugin 'tried' had not declared itself after 5 s.", Assert.Single(set.Quarantined).Reason, StringComparison.Ordinal);
    }
}
