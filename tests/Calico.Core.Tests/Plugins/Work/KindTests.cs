using System.Runtime.CompilerServices;
using Calico.Core.Plugins;
using Calico.Core.Tests.Resources;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Plugins.Work;

public sealed class KindTests
{
    [Fact]
    public async Task Documents_of_a_plugins_kind_are_checked_with_file_and_line()
    {
        await using var host = new DesiredHost();
        await host.StartAsync();
        host.Wish(("a", "[1, 2]"));
        Assert.Equal(["a.yaml:5: spec.value: must be a single value, but is a list"], host.Store.Snapshot.Reasons());
    }

    [Fact]
    public async Task A_document_whose_kind_no_plugin_brings_says_so()
    {
        await using var host = new DesiredHost();
        await host.StartAsync(("kind", "Hope"));
        host.Wish(("a", "1"));
        Assert.Equal(["a.yaml:2: kind: 'Wish' is not a known kind of acme.example/v1 (known: Hope)"], host.Store.Snapshot.Reasons());
    }

    [Fact]
    public async Task The_second_plugin_that_brings_a_kind_is_refused()
    {
        PluginRequest request = TestHost.Request(BuiltPlugin.Obedient, ("configure", "claim-wishes"));
        await using PluginSet set = await TestHost.TryAsync(request with { Folders = [BuiltPlugin.Desired, BuiltPlugin.Obedient] });
        Assert.Equal("desired", Assert.Single(set.Plugins).Id);
        Assert.StartsWith(
            "Plugin 'obedient' brings the kind Wish of acme.example/v1, which plugin 'desired' has brought already.",
            Assert.Single(set.Quarantined).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lower", "a kind has letters and digits")]
    [InlineData("WishList", "is a list of resources to every reader")]
    public async Task A_kind_that_no_document_can_name_is_refused(string kind, string reason)
    {
        QuarantinedPlugin refused = await Refused(("kind", kind));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lines", "The route 'GET /lines': its segment ''")]
    [InlineData("lines/{other}", "The route 'GET lines/{other}': 'GET lines/{word}' takes the same requests.")]
    public async Task A_route_that_is_none_or_taken_is_refused(string path, string reason) =>
        Assert.Contains(reason, (await Refused(("route", path))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_kind_that_a_plugin_brings_twice_is_refused() =>
        Assert.Contains("The kind 'Wish of acme.example/v1': it is declared already.", (await Refused(("twice", "yes"))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task When_its_plugin_goes_its_objects_go_and_the_plugin_leaves_memory()
    {
        await using var host = new DesiredHost();
        await using IAsyncEnumerator<ResourceBatch> other = host.Store.FeedFor().WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await UseAndStop(host);
        Assert.True(await other.MoveNextAsync());
        Assert.Empty(host.Store.Snapshot.Held);
        Assert.Single(host.Store.Snapshot.Reasons());
        for (int round = 0; round < 100 && host.Plugins.ContextsAlive > 0; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, host.Plugins.ContextsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task UseAndStop(DesiredHost host)
    {
        PluginSet set = await host.Plugins.LoadAsync(new PluginRequest([BuiltPlugin.Desired]), TestContext.Current.CancellationToken);
        host.Activity.Use(set);
        host.Wish(("a", "1"), ("b", "wrong: [1]"));
        await host.Activity.StartAsync(set, TestContext.Current.CancellationToken);
        host.Wish(("a", "2"));
        await DesiredHost.JournalWhen(set, lines => lines.Length > 1);
        Assert.Empty(await set.StopAsync());
        host.Activity.Use(PluginSet.Empty);
    }

    private static async Task<QuarantinedPlugin> Refused(params (string Name, string Value)[] options)
    {
        await using PluginSet set = await TestHost.TryAsync(new PluginRequest([BuiltPlugin.Desired])
        {
            OptionsByFolder = new Dictionary<string, MappingNode>
            {
                [BuiltPlugin.Desired] = OptionText.Of(options.Select(option => KeyValuePair.Create(option.Name, option.Value)), "the test"),
            },
        });
        return Assert.Single(set.Quarantined);
    }
}
